"""The commands about databases, collections and indexes."""

from typing import Any

from arguments import document, flag, whole
from collection import Collection
from cursors import encoded
from failure import CommandFailure
from indexes import Index
from matching import compiled
from state import State

Document = dict[str, Any]


def list_databases(state: State, body: Document) -> Document:
    """The databases that have a collection."""
    if body["$db"] != "admin":
        raise CommandFailure(13, "listDatabases may only be run against the admin database.")
    matches, names_only = compiled(document(body, "filter")), flag(body, "nameOnly")
    found, total = [], 0
    for database in sorted(state.databases.values(), key=lambda database: database.name):
        if not database.collections:
            continue
        size = sum(len(record.raw) for each in database.collections.values() for record in each.records.values())
        entry = {"name": database.name, "sizeOnDisk": size, "empty": False}
        if matches(entry):
            found.append({"name": database.name} if names_only else entry)
            total += size
    return {"databases": found, "ok": 1.0} if names_only else {"databases": found, "totalSize": total, "ok": 1.0}


def list_collections(state: State, body: Document) -> Document:
    """A cursor over the collections of a database."""
    matches, names_only = compiled(document(body, "filter")), flag(body, "nameOnly")
    found = []
    for name, collection in sorted(state.database(body["$db"]).collections.items()):
        short = {"name": name, "type": "collection"}
        whole_entry = {
            **short,
            "options": {},
            "info": {"readOnly": False},
            "idIndex": collection.indexes["_id_"].specification(),
        }
        if matches(whole_entry):
            found.append(encoded(short if names_only else whole_entry))
    batch_size = whole(document(body, "cursor"), "batchSize")
    return state.cursors.opened(f"{body['$db']}.$cmd.listCollections", found, batch_size)


def create(state: State, body: Document) -> Document:
    """Makes an empty collection."""
    if isinstance(body["create"], str) and body["create"] in state.database(body["$db"]).collections:
        raise CommandFailure(48, f"Collection {body['$db']}.{body['create']} already exists.")
    state.collection(body, body["create"], creates=True)
    return {"ok": 1.0}


def create_indexes(state: State, body: Document) -> Document:
    """Builds indexes; those that are there already are left as they are."""
    specifications = body.get("indexes")
    if not isinstance(specifications, list) or not specifications:
        raise CommandFailure(2, "Must specify at least one index to create")
    name = body["createIndexes"]
    before = state.collection(body, name)
    wanted = [Index(each, before.namespace) for each in specifications if isinstance(each, dict)]
    if len(wanted) != len(specifications):
        raise CommandFailure(14, "The elements of the 'indexes' array must be objects")
    existed = isinstance(name, str) and name in state.database(body["$db"]).collections
    collection = state.collection(body, name, creates=True)
    count_before, added = len(collection.indexes), []
    try:
        for index in wanted:
            if not _is_there(collection, index):
                collection.add_index(index)
                added.append(index.name)
    except CommandFailure:
        # As the real server: all indexes of one command, or none.
        for index_name in added:
            del collection.indexes[index_name]
        raise
    reply: Document = {"numIndexesBefore": count_before, "numIndexesAfter": len(collection.indexes)}
    reply["createdCollectionAutomatically"] = not existed
    if not added:
        reply["note"] = "all indexes already exist"
    return {**reply, "ok": 1.0}


def list_indexes(state: State, body: Document) -> Document:
    """A cursor over the indexes of a collection."""
    collection = _existing(state, body, body["listIndexes"])
    found = [encoded(index.specification()) for index in collection.indexes.values()]
    return state.cursors.opened(collection.namespace, found, whole(document(body, "cursor"), "batchSize"))


def drop_indexes(state: State, body: Document) -> Document:
    """Takes indexes away: by name, by key, or all but that of `_id` for `*`."""
    collection = _existing(state, body, body["dropIndexes"])
    count_before, wanted = len(collection.indexes), body.get("index")
    if wanted == "*":
        names = [name for name in collection.indexes if name != "_id_"]
    else:
        names = []
        for each in wanted if isinstance(wanted, list) else [wanted]:
            index = collection.index_named(each)
            if index is None:
                raise CommandFailure(27, f"index not found with name or key [{each}]")
            names.append(index.name)
    if "_id_" in names:
        raise CommandFailure(72, "cannot drop _id index")
    for name in names:
        del collection.indexes[name]
    return {"nIndexesWas": count_before, "ok": 1.0}


def drop(state: State, body: Document) -> Document:
    """Takes a collection away with its indexes."""
    collection = _existing(state, body, body["drop"])
    del state.database(body["$db"]).collections[body["drop"]]
    return {"nIndexesWas": len(collection.indexes), "ns": collection.namespace, "ok": 1.0}


def drop_database(state: State, body: Document) -> Document:
    """Takes a database away, and what the journal has of it."""
    there = state.databases.pop(body["$db"], None)
    state.journal.clear(body["$db"])
    return {"dropped": body["$db"], "ok": 1.0} if there and there.collections else {"ok": 1.0}


def _existing(state: State, body: Document, name: Any) -> Collection:
    state.collection(body, name)
    if name not in state.database(body["$db"]).collections:
        raise CommandFailure(26, f"ns does not exist: {body['$db']}.{name}")
    return state.collection(body, name)


def _is_there(collection: Collection, index: Index) -> bool:
    """Whether the collection has this index already; raises where it has another of that name or that key."""
    same_name = collection.indexes.get(index.name)
    for there in collection.indexes.values():
        same_key = list(there.pattern.items()) == list(index.pattern.items())
        if same_key and there.name == "_id_":
            return True
        if there is same_name and there.specification() == index.specification() and same_key:
            return True
        if there is same_name:
            message = f"An existing index has the same name as the requested index: {index.name}"
            raise CommandFailure(86, message)
        if same_key and there.partial == index.partial:
            raise CommandFailure(85, f"Index already exists with a different name or options: {there.name}")
    return False
