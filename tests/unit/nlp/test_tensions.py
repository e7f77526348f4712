from nlp.tensions import tensions


def test_contraries_about_the_same_thing_are_shown():
    texts = ["Augmenter le prix du stationnement", "Baisser le prix du stationnement"]
    (found,) = tensions(texts, [0, 1])
    assert (found.first_words, found.second_words) == (("augmenter",), ("baisser",))
    assert found.about == ("prix", "stationnement")


def test_a_refusal_opposes_who_asks_for_the_thing():
    (found,) = tensions(["Des éoliennes en mer", "Pas d'éoliennes en mer"], [0, 1])
    assert found.second_words == ("pas",)


def test_a_lack_opposes_nobody():
    assert tensions(["Des bus le soir", "On n'a pas de bus le soir"], [0, 1]) == ()


def test_two_subjects_are_no_tension():
    assert tensions(["Augmenter les salaires", "Diminuer les déchets"], [0, 1]) == ()


def test_two_refusals_agree():
    assert tensions(["Interdire les pesticides", "Ne pas autoriser les pesticides"], [0, 1]) == ()
