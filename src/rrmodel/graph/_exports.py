"""Writing a graph so that other tools open it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from typing import Any, Literal, TypeAlias, get_args

import networkx  # noqa: ICN001 - the pages link what annotations spell out

from rrmodel.errors import RecordError, UnknownNameError, did_you_mean

__all__ = ["GraphFormat", "export"]

GraphFormat: TypeAlias = Literal["graphml", "gexf", "cytoscape", "dot", "node-link"]
"""GraphML (yEd and most tools), GEXF (Gephi), Cytoscape JSON, Graphviz DOT, node-link JSON."""

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that an XML document cannot contain and that Graphviz does not read."""
_DAY_WRITTEN = re.compile(r' lastmodifieddate="[^"]*"')


def export(graph: networkx.Graph[str], format: GraphFormat) -> str:  # noqa: A002 - the word of the trade
    """Return a graph as text in a format that other tools open.

    networkx reads every format but DOT, and gives the same graph. GEXF takes the names as
    labels, and Cytoscape its own ``id`` and ``value``, so that these are read back as well. The
    same graph gives the same text on any day.

    >>> from rrmodel import datasets
    >>> from rrmodel.graph import partner_graph
    >>> text = export(partner_graph(datasets.load("hmp-leeds-regimes")), "dot")
    >>> print(text.splitlines()[0])
    graph "Regimes at HMP Leeds" {

    Raises:
        RecordError: The graph holds what the format cannot, such as an attribute that is neither
            a text nor a number.
        UnknownNameError: There is no such format.
    """
    if format not in _WRITERS:
        known = get_args(GraphFormat)
        raise UnknownNameError(f"there is no format {format!r}: {did_you_mean(format, known)}")
    try:
        return _WRITERS[format](graph)
    except (TypeError, networkx.NetworkXError) as error:
        raise RecordError(
            f"this graph cannot be written as {format}: {error}; keep to attributes that are "
            "texts or numbers"
        ) from error


def _graphml(graph: networkx.Graph[str]) -> str:
    _check_characters(graph)
    buffer = BytesIO()
    networkx.write_graphml_xml(graph, buffer)
    # a bare return in a text is read back as a line feed
    return buffer.getvalue().decode().replace("\r", "&#13;")


def _gexf(graph: networkx.Graph[str]) -> str:
    _check_characters(graph)
    named: networkx.Graph[str] = graph.copy()
    for node, data in named.nodes.items():
        data["label"] = data.get("name", node)
    buffer = BytesIO()
    networkx.write_gexf(named, buffer)
    return _DAY_WRITTEN.sub("", buffer.getvalue().decode(), count=1)


def _cytoscape(graph: networkx.Graph[str]) -> str:
    return _json(networkx.cytoscape_data(graph))


def _node_link(graph: networkx.Graph[str]) -> str:
    # networkx calls the edges "links" or "edges", depending on its version
    if isinstance(graph, networkx.MultiGraph):
        edges = [
            {**data, "source": one, "target": other, "key": key}
            for one, other, key, data in graph.edges(keys=True, data=True)
        ]
    else:
        edges = [{**data, "source": one, "target": other} for one, other, data in _edges(graph)]
    return _json(
        {
            "directed": graph.is_directed(),
            "multigraph": graph.is_multigraph(),
            "graph": graph.graph,
            "nodes": [{**data, "id": node} for node, data in graph.nodes.items()],
            "edges": edges,
        }
    )


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _dot(graph: networkx.Graph[str]) -> str:
    _check_characters(graph)
    kind, arrow = ("digraph", "->") if graph.is_directed() else ("graph", "--")
    lines = [f"{kind} {_quoted(graph.name)} {{", '  rankdir="LR";', '  node [shape="box"];']
    for node, data in graph.nodes.items():
        others = {name: value for name, value in data.items() if name != "name"}
        lines.append(f"  {_quoted(node)} {_listed({'label': data.get('name', node), **others})};")
    for one, other, data in _edges(graph):
        lines.append(f"  {_quoted(one)} {arrow} {_quoted(other)} {_listed(data)};")
    return "\n".join([*lines, "}", ""])


def _listed(attributes: Mapping[str, Any]) -> str:
    pairs = (f"{_quoted(name)}={_quoted(value)}" for name, value in attributes.items())
    return f"[{', '.join(pairs)}]"


def _quoted(value: object) -> str:
    # Graphviz reads a backslash in a label as the start of a command, and two as one
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _edges(graph: networkx.Graph[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield from graph.edges(data=True)


def _check_characters(graph: networkx.Graph[str]) -> None:
    for text in _texts(graph):
        if match := _FORBIDDEN.search(text):
            raise RecordError(
                f"{text!r} has the character {match[0]!r}, which GraphML, GEXF and DOT cannot "
                "contain: remove it, or write the graph as node-link"
            )


def _texts(graph: networkx.Graph[str]) -> Iterator[str]:
    links = (data for _, _, data in _edges(graph))
    for data in chain([graph.graph], graph.nodes.values(), links):
        for name, value in data.items():
            yield str(name)
            yield str(value)
    yield from map(str, graph)


_WRITERS: dict[GraphFormat, Callable[[networkx.Graph[str]], str]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "cytoscape": _cytoscape,
    "dot": _dot,
    "node-link": _node_link,
}
