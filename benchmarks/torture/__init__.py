"""Kills, full disks, damage, races and hostile files, and what must hold under each."""
