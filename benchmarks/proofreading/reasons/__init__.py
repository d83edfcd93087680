"""Exams for the reasons of steps: how many have one, whether it is right, whether lines left out are found."""
