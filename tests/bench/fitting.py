"""Fit the model's parts with scikit-learn and give them back as plain numbers.

The bot reads the numbers with bot/agreements/model.py and needs no such library.
Everything is deterministic: same rows in the same order, same numbers out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds
from sklearn.cluster import MiniBatchKMeans
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from bot.agreements.facts import Facts, names

Rows = Sequence[Sequence[Facts]]
_named = lru_cache(maxsize=200_000)(names)  #: the same groups come in every fold

_FAMILIES, _CLANS = 250, 60
_STEPS = (-2, -1, 1, 2)
_SMOOTH = 0.75  #: frequent company counts for less (Levy, Goldberg and Dagan 2015)
_DIRECTIONS = 60
_SMALL = 0.004  #: weights nearer to nought are left out
_TREES = {
    "max_iter": 150,
    "learning_rate": 0.03,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 40,
    "l2_regularization": 5.0,
}


def fit_linear(
    facts: Rows, right: Sequence[bool], weights: Sequence[float], strength: float
) -> dict[str, Any]:
    """Fit a logistic regression; `strength` is scikit-learn's C. Rows of weight nought are not seen."""
    seen = [n for n, weight in enumerate(weights) if weight > 0]
    vectors = CountVectorizer(analyzer=_names, binary=True, min_df=2, dtype=np.float32)
    rows = vectors.fit_transform([facts[n] for n in seen])
    model = LogisticRegression(C=strength, max_iter=200, solver="liblinear", random_state=0)
    model.fit(rows, [right[n] for n in seen], sample_weight=[weights[n] for n in seen])
    found = {fact: round(float(model.coef_[0, column]), 4) for fact, column in vectors.vocabulary_.items()}
    return {
        "bias": round(float(model.intercept_[0]), 4),
        "weights": {fact: weight for fact, weight in sorted(found.items()) if abs(weight) >= _SMALL},
    }


def fit_trees(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> dict[str, Any]:
    """Fit boosted trees."""
    model = HistGradientBoostingClassifier(random_state=0, early_stopping=False, **_TREES)
    model.fit(np.array(rows, dtype=np.float64), np.array(right))
    trees = [_flat(stage[0].nodes) for stage in model._predictors]  # there is no public way to them
    return {"bias": round(float(model._baseline_prediction[0, 0]), 5), "trees": trees}


def families(
    texts: Iterable[Sequence[str]], words: Sequence[str], company: Sequence[str]
) -> list[tuple[int, int]]:
    """Put each of `words` into a clan and a smaller family: words that have the same `company` beside them.

    By singular vectors of how much more often than by chance two words meet, and k-means over them.
    """
    vectors = _vectors(_meetings(texts, words, company))
    clan, family = (
        MiniBatchKMeans(parts, random_state=0, n_init=3, batch_size=2000).fit_predict(vectors)
        for parts in (_CLANS, _FAMILIES)
    )
    return list(zip(clan.tolist(), family.tolist(), strict=True))


def _meetings(texts: Iterable[Sequence[str]], words: Sequence[str], company: Sequence[str]) -> csr_matrix:
    """Count for each word what stands one and two places before and after it."""
    row = {word: at for at, word in enumerate(words)}
    column = {word: at for at, word in enumerate(company)}
    rows, columns = [], []
    for text in texts:
        for at, word in enumerate(text):
            if word not in row:
                continue
            for side, step in enumerate(_STEPS):
                beside = text[at + step] if 0 <= at + step < len(text) else ""
                if beside in column:
                    rows.append(row[word])
                    columns.append(side * len(company) + column[beside])
    shape = (len(words), len(_STEPS) * len(company))
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _vectors(counts: csr_matrix) -> Any:
    """Weigh each meeting by how far it is above chance, and keep the strongest directions."""
    found = counts.tocoo()
    word, beside = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel()
    whole = found.data.sum() ** (1 - _SMOOTH)
    above = np.log(
        found.data * whole * word.sum() ** _SMOOTH / (word[found.row] * beside[found.col] ** _SMOOTH)
    )
    kept = above > 0
    weighed = csr_matrix((above[kept], (found.row[kept], found.col[kept])), shape=counts.shape)
    directions, strength, _ = svds(weighed, k=_DIRECTIONS, random_state=0)
    return normalize(directions * np.sqrt(strength))


def _names(groups: Iterable[Facts]) -> set[str]:
    return set(chain.from_iterable(map(_named, groups)))


def _flat(nodes: Any) -> list[list[Any]]:
    """Lay a tree flat: feature, threshold, left, right, value."""
    return [
        [-1 if node["is_leaf"] else int(node["feature_idx"]) for node in nodes],
        [0 if node["is_leaf"] else round(float(node["num_threshold"]), 5) for node in nodes],
        [int(node["left"]) for node in nodes],
        [int(node["right"]) for node in nodes],
        [round(float(node["value"]), 5) if node["is_leaf"] else 0 for node in nodes],
    ]
