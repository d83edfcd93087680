"""Exams for the reasons of steps: how many have one, whether it is the right one, and whether left-out lines are found."""
