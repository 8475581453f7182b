"""What is due or overdue, collected for a person and let out as e-mail or calendar."""
