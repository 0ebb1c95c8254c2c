#!/usr/bin/env python3
"""Names of persons, organizations and places among GUM's entities, as the trainer takes them: one tag a word, IOB2.

    gum_names.py TREEBANK.conllu > NAMES.iob2
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "train"))
import sources

sentences = sources.read_conllu(sys.argv[1])
sources.add_gum_names(sentences)
for s in sentences:
    print(f"# sent_id = {s.id}")
    for i, (form, name) in enumerate(zip(s.forms, s.names), 1):
        print(i, form, name, "-", "-", sep="\t")
    print()
