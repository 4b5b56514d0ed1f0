"""What people type: the word that they meant, the value that a setting has."""
