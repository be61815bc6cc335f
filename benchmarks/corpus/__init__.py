"""How far our reader agrees with OpenSSL over the files of other projects' test suites.

The files are not part of this project. Unpack what is at hand into one folder, then:

    python -m benchmarks.corpus.build FOLDER CORPUS     pick out what can matter, without duplicates
    python -m benchmarks.corpus.oracle CORPUS           what OpenSSL reads in each: oracle.jsonl
    python -m benchmarks.corpus.compare CORPUS          what we read, and where the two differ
"""
