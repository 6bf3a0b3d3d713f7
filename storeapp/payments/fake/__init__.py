"""The payment companies as they behave, for training and tests: real HTTP, real signatures, no money."""
