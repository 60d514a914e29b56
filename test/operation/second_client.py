"""Uses an EventStoreDB node through a client that shares no line with ours and prints what it saw, as JSON."""

import json
import sys
from uuid import uuid4

from kurrentdbclient import KurrentDBClient, NewEvent, StreamState


def described(event):
    return {
        "id": str(event.id),
        "stream": event.stream_name,
        "revision": event.stream_position,
        "position": event.commit_position,
        "type": event.type,
        "contentType": event.content_type,
        "data": event.data.decode("utf8"),
        "metadata": event.metadata.decode("utf8"),
        "recordedAt": event.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{event.recorded_at.microsecond // 1000:03}Z",
    }


def refusal(work):
    try:
        work()
    except Exception as error:
        return type(error).__name__
    return None


def read(client):
    """Everything in $all that is no system event, and each stream by itself."""
    every = [described(event) for event in client.read_all()]
    streams = dict.fromkeys(event["stream"] for event in every)
    return {
        "all": every,
        "backwards": [str(event.id) for event in client.read_all(backwards=True)],
        "streams": {name: [described(event) for event in client.get_stream(name)] for name in streams},
    }


def happened(number, **more):
    return NewEvent(type="Happened", data=json.dumps({"number": number}).encode(), **more)


def append(client):
    stream, ids = f"second-{uuid4()}", [uuid4() for _ in range(5)]
    several = [happened(number, id=ids[number]) for number in range(3)]
    first = client.append_to_stream(stream, events=several, current_version=StreamState.NO_STREAM)
    one = happened(3, id=ids[3], metadata=b'{"actor":"python"}')
    second = client.append_to_stream(stream, events=one, current_version=2)
    again = client.append_to_stream(stream, events=one, current_version=2)
    binary = NewEvent(type="Photographed", data=b"\x00\x01\xff", content_type="application/octet-stream", id=ids[4])
    client.append_to_stream(stream, events=[binary], current_version=StreamState.ANY)
    events = client.get_stream(stream)
    return {
        "positionsGrow": first < second,
        "retryIsTheSame": again == second,
        "ids": [str(event.id) for event in events] == [str(id) for id in ids],
        "revisions": [event.stream_position for event in events],
        "metadata": events[3].metadata.decode(),
        "binary": [events[4].content_type, events[4].data.hex()],
        "current": client.get_current_version(stream),
        "newest": [event.stream_position for event in client.get_stream(stream, backwards=True, limit=2)],
        "middle": [event.stream_position for event in client.get_stream(stream, stream_position=1, limit=2)],
        "commitPosition": client.get_commit_position() == events[4].commit_position,
    }


def expected_revision(client):
    stream = f"second-{uuid4()}"
    client.append_to_stream(stream, events=[happened(0)], current_version=StreamState.NO_STREAM)

    def with_version(version, several):
        events = [happened(1)] if several else happened(1)
        return lambda: client.append_to_stream(stream, events=events, current_version=version)

    return {
        "noStream": [refusal(with_version(StreamState.NO_STREAM, several)) for several in (False, True)],
        "ahead": [refusal(with_version(7, several)) for several in (False, True)],
        "exists": [refusal(with_version(StreamState.EXISTS, several)) for several in (False, True)],
        "existsNot": refusal(
            lambda: client.append_to_stream(f"second-{uuid4()}", events=happened(0), current_version=StreamState.EXISTS)
        ),
        "readNothing": refusal(lambda: client.get_stream(f"second-{uuid4()}")),
    }


def deletion(client):
    soft, hard = f"second-{uuid4()}", f"second-{uuid4()}"
    for stream in (soft, hard):
        client.append_to_stream(stream, events=[happened(0), happened(1)], current_version=StreamState.NO_STREAM)
    wrong = refusal(lambda: client.delete_stream(soft, current_version=7))
    client.delete_stream(soft, current_version=1)
    gone = refusal(lambda: client.get_stream(soft))
    client.append_to_stream(soft, events=[happened(2)], current_version=StreamState.ANY)
    client.tombstone_stream(hard, current_version=StreamState.ANY)
    return {
        "wrong": wrong,
        "gone": gone,
        "back": [event.stream_position for event in client.get_stream(soft)],
        "tombstoned": refusal(lambda: client.get_stream(hard)),
        "appendToTombstoned": refusal(
            lambda: client.append_to_stream(hard, events=[happened(2)], current_version=StreamState.ANY)
        ),
    }


def metadata(client):
    stream = f"second-{uuid4()}"
    client.append_to_stream(stream, events=[happened(n) for n in range(4)], current_version=StreamState.NO_STREAM)
    before = client.get_stream_metadata(stream)
    client.set_stream_metadata(stream, metadata={"$maxCount": 2, "owner": "李敏"})
    fields, version = client.get_stream_metadata(stream)
    return {
        "before": [before[0], str(before[1])],
        "fields": fields,
        "version": version,
        "visible": [event.stream_position for event in client.get_stream(stream)],
    }


def subscription(client):
    mark, noise = f"marked-{uuid4()}", f"noise-{uuid4()}"
    start = client.get_commit_position()
    for number in range(40):
        for stream in (mark, noise):
            client.append_to_stream(stream, events=happened(number), current_version=StreamState.ANY)
    everything = client.subscribe_to_all(
        commit_position=start, filter_include=[mark], filter_by_stream_name=True, filter_by_prefix=True
    )
    seen = [next(everything) for _ in range(40)]
    client.append_to_stream(mark, events=happened(40), current_version=39)
    seen.append(next(everything))
    everything.stop()
    by_type = client.subscribe_to_all(commit_position=start, filter_include=[r"Happ\w+"])
    typed = [next(by_type) for _ in range(80)]
    by_type.stop()
    one = client.subscribe_to_stream(noise, stream_position=29)
    tail = [next(one) for _ in range(10)]
    one.stop()
    return {
        "caughtUpThenLive": [event.stream_position for event in seen] == list(range(41)),
        "onlyThatStream": {event.stream_name for event in seen} == {mark},
        "byType": len(typed),
        "streamTail": [event.stream_position for event in tail],
    }


def gossip(client):
    members = client.read_gossip()
    return {"members": len(members), "state": members[0].state}


def exercise(client):
    themes = (append, expected_revision, deletion, metadata, subscription, gossip)
    return {theme.__name__: theme(client) for theme in themes}


if __name__ == "__main__":
    with KurrentDBClient(uri=sys.argv[1]) as client:
        print(json.dumps({"read": read, "exercise": exercise}[sys.argv[2]](client), ensure_ascii=False))
