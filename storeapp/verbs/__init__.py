"""The verbs of the command line, one file a family: arguments in, a deed done, words or JSON out."""
