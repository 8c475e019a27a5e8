"""The second yardstick: a plain Python loader on the standard library alone; see loader.mjs for what it leaves out.

    python3 loader.py BASE-URL TOKEN CATALOG-ID DROP.csv MAPPING.json
"""
import csv
import http.client
import itertools
import json
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from urllib.parse import urlsplit

CHUNK = 250
IN_FLIGHT = 4
base_url, token, catalog_id, drop, mapping = sys.argv[1:]
address = urlsplit(base_url).netloc
headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
mine = threading.local()  # one kept-alive connection a thread


def element(header, record, request_id):
    """The element to add that a record means."""
    item = {"catalog_id": catalog_id, "request_id": request_id, "custom_fields": []}
    for column, cell in zip(header, record):
        if column == "name":
            item["name"] = cell
        elif cell:
            item["custom_fields"].append({"id": column[3:], "values": [{"value": cell}]})
    return item


def post(items):
    """The answer's pairs of request_id and id."""
    if not hasattr(mine, "connection"):
        mine.connection = http.client.HTTPConnection(address)
    mine.connection.request("POST", "/api/v2/catalog_elements", json.dumps({"add": items}), headers)
    response = mine.connection.getresponse()
    answer = response.read()
    if response.status != 200:
        raise RuntimeError(f"HTTP {response.status}: {answer[:300]!r}")
    return [(item["request_id"], item["id"]) for item in json.loads(answer)["_embedded"]["items"]]


def chunks(records):
    while chunk := list(itertools.islice(records, CHUNK)):
        yield chunk


def main():
    rows = mapped = 0

    def write(futures):
        nonlocal mapped
        for future in futures:
            for request_id, element_id in future.result():
                output.write(f'{"," if mapped else ""}\n"{request_id}": {element_id}')
                mapped += 1

    with open(drop, encoding="utf-8", newline="") as file, open(mapping, "w", encoding="ascii") as output:
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            reader = csv.reader(file)
            header = next(reader)
            under_way = set()
            output.write("{")
            for chunk in chunks(reader):
                items = [element(header, record, rows + at) for at, record in enumerate(chunk, 1)]
                rows += len(items)
                under_way.add(pool.submit(post, items))
                if len(under_way) == IN_FLIGHT:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    write(done)
            write(under_way)
            output.write("\n}\n")
    if mapped != rows:
        raise RuntimeError(f"{rows} rows, but {mapped} ids")
    print(rows, "rows")


main()
