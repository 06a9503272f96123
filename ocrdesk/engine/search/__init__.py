"""Finding pages by their text: what is looked for, how texts are compared, and where on a page it stands."""
