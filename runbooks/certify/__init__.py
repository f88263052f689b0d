"""The sweep that proves the pair transaction: thousands of bad days on an emulated pair, in virtual time.

`schedule` says what happens in a run, `world` lets it happen, `play` runs the transaction through it and
`oracle` judges every claim by what the devices truly are. `sweep` plays many, `canaries` proves that it sees,
and `certificate` writes down what was found.
"""
