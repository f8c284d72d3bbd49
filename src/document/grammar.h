/* Word classes, word features and relations of Universal Dependencies v2 for English
 * (universaldependencies.org), with the subtypes of the English Web Treebank. */
#ifndef ANNALS_DOCUMENT_GRAMMAR_H
#define ANNALS_DOCUMENT_GRAMMAR_H

#include <stdint.h>

#define WORD_CLASS_TABLE(ROW)                                                                      \
    ROW(ADJ) ROW(ADP) ROW(ADV) ROW(AUX) ROW(CCONJ) ROW(DET) ROW(INTJ) ROW(NOUN) ROW(NUM) ROW(PART) \
    ROW(PRON) ROW(PROPN) ROW(PUNCT) ROW(SCONJ) ROW(SYM) ROW(VERB) ROW(X)

enum word_class {
    UPOS_NONE,
#define ROW(name) UPOS_##name,
    WORD_CLASS_TABLE(ROW)
#undef ROW
    WORD_CLASS_COUNT
};

/* Name in the identifier, name in CoNLL-U. */
#define RELATION_TABLE(ROW)                                                                        \
    ROW(ACL, "acl") ROW(ACL_RELCL, "acl:relcl") ROW(ADVCL, "advcl")                                \
    ROW(ADVCL_RELCL, "advcl:relcl") ROW(ADVMOD, "advmod") ROW(AMOD, "amod") ROW(APPOS, "appos")    \
    ROW(AUX, "aux") ROW(AUX_PASS, "aux:pass") ROW(CASE, "case") ROW(CC, "cc")                      \
    ROW(CC_PRECONJ, "cc:preconj") ROW(CCOMP, "ccomp") ROW(COMPOUND, "compound")                    \
    ROW(COMPOUND_PRT, "compound:prt") ROW(CONJ, "conj") ROW(COP, "cop") ROW(CSUBJ, "csubj")        \
    ROW(CSUBJ_OUTER, "csubj:outer") ROW(CSUBJ_PASS, "csubj:pass") ROW(DEP, "dep") ROW(DET, "det")  \
    ROW(DET_PREDET, "det:predet") ROW(DISCOURSE, "discourse") ROW(DISLOCATED, "dislocated")        \
    ROW(EXPL, "expl") ROW(FIXED, "fixed") ROW(FLAT, "flat") ROW(FLAT_FOREIGN, "flat:foreign")      \
    ROW(GOESWITH, "goeswith") ROW(IOBJ, "iobj") ROW(LIST, "list") ROW(MARK, "mark")                \
    ROW(NMOD, "nmod") ROW(NMOD_DESC, "nmod:desc") ROW(NMOD_POSS, "nmod:poss")                      \
    ROW(NMOD_UNMARKED, "nmod:unmarked") ROW(NSUBJ, "nsubj") ROW(NSUBJ_OUTER, "nsubj:outer")        \
    ROW(NSUBJ_PASS, "nsubj:pass") ROW(NUMMOD, "nummod") ROW(OBJ, "obj") ROW(OBL, "obl")            \
    ROW(OBL_AGENT, "obl:agent") ROW(OBL_UNMARKED, "obl:unmarked") ROW(ORPHAN, "orphan")            \
    ROW(PARATAXIS, "parataxis") ROW(PUNCT, "punct") ROW(REPARANDUM, "reparandum")                  \
    ROW(ROOT, "root") ROW(VOCATIVE, "vocative") ROW(XCOMP, "xcomp")

enum relation {
    REL_NONE,
#define ROW(name, text) REL_##name,
    RELATION_TABLE(ROW)
#undef ROW
    RELATION_COUNT
};

/* What later stages need of UD's FEATS, as bits. */
#define WORD_FEATURE_TABLE(ROW)                                                                    \
    ROW(SINGULAR, 0, "Number=Sing") ROW(PLURAL, 1, "Number=Plur") ROW(FINITE, 2, "VerbForm=Fin")   \
    ROW(INFINITIVE, 3, "VerbForm=Inf") ROW(GERUND, 4, "VerbForm=Ger")                              \
    ROW(PARTICIPLE, 5, "VerbForm=Part") ROW(PAST, 6, "Tense=Past") ROW(PRESENT, 7, "Tense=Pres")   \
    ROW(PASSIVE, 8, "Voice=Pass") ROW(IMPERATIVE, 9, "Mood=Imp") ROW(FIRST, 10, "Person=1")        \
    ROW(SECOND, 11, "Person=2") ROW(THIRD, 12, "Person=3") ROW(MASCULINE, 13, "Gender=Masc")       \
    ROW(FEMININE, 14, "Gender=Fem") ROW(NEUTER, 15, "Gender=Neut")                                 \
    ROW(PERSONAL, 16, "PronType=Prs") ROW(DEFINITE, 17, "Definite=Def")                            \
    ROW(INDEFINITE, 18, "Definite=Ind") ROW(POSSESSIVE, 19, "Poss=Yes")                            \
    ROW(REFLEXIVE, 20, "Reflex=Yes") ROW(COMPARATIVE, 21, "Degree=Cmp")                            \
    ROW(SUPERLATIVE, 22, "Degree=Sup") ROW(NEGATIVE, 23, "Polarity=Neg")                           \
    ROW(RELATIVE, 24, "PronType=Rel") ROW(DEMONSTRATIVE, 25, "PronType=Dem")                       \
    ROW(INTERROGATIVE, 26, "PronType=Int") ROW(NOMINATIVE, 27, "Case=Nom")                         \
    ROW(ACCUSATIVE, 28, "Case=Acc")

enum word_feature {
#define ROW(name, bit, text) WORD_##name = 1u << bit,
    WORD_FEATURE_TABLE(ROW)
#undef ROW
};

/* Static storage; "_" for UPOS_NONE and REL_NONE. */
const char *word_class_name(enum word_class word_class);
const char *relation_name(enum relation relation);
/* UPOS_NONE, REL_NONE where there is no such name; an unknown subtype gives its universal part. */
enum word_class word_class_from(const char *name);
enum relation relation_from(const char *name);
/* The universal part: nsubj for nsubj:pass. */
enum relation relation_universal(enum relation relation);

#endif
