"""What callers use: the input checked, the targets settled, the kernel run."""
