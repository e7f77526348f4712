"""How likely two notes are to ask for the same thing: a similarity learned from labelled notes.

========================  =====================================================================
module                    holds
========================  =====================================================================
``near_duplicates``       :func:`nlp.similar`: ideas close to the one being written
``clauses``               the clauses of a note
``subject_space``         notes as mixtures of demands and concepts, from authored examples
``profiles``              what is computed once for each note
``population``            what a note is compared with: the other notes and their neighbourhoods
``features``              the evidence about a pair of notes
``pair_model``            the estimator that turns the evidence into a probability
``pair_clustering``       groups of notes from the probabilities of their pairs
``group_model``           the probability that a note belongs to a group
``notes_model``           every learned model, as it ships
``consultations``         labelled notes and the catalogue of demands
``ranking``               :func:`nlp.rank`: the groups that one note may join, in order
``preparation``           labelled consultations ready to train on
``training``              fits the model files of ``nlp/data`` from the notes of ``training/``
========================  =====================================================================
"""
