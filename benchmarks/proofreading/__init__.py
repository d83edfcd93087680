"""How well derivations are proofread: a folder of cases with known verdicts, and slips planted into right ones."""
