"""What every command says, whole: a story on one lab, and the files that hold what was heard."""
