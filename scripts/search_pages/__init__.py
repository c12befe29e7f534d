"""The pages of the search, of the ready questions and of the forms over tables."""
