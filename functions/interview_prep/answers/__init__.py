"""What a question is answered with where its writer gave no outline, and what nobody has to answer."""
