"""Which notes oppose each other: a learned stance, and a choice among candidate pairs.

====================  =========================================================================
module                holds
====================  =========================================================================
``candidates``        the pairs of texts that may be opposed
``cues``              families of words that oppose something, and where a text uses them
``refused_objects``   what a text says no to
``stance``            the estimator of « this text speaks against something »
``pair_features``     the evidence about candidate pairs, in both directions
``choice_model``      the estimator that chooses which candidate a text opposes, or none
``contrary_acts``     acts and their contraries in nearly the same words
``tension_model``     the learned models, as they ship
``training``          fits ``nlp/data/tension_model.json``
====================  =========================================================================
"""
