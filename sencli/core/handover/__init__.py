"""What is given to people without the program, and what they give back."""
