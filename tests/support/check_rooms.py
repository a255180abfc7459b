#!/usr/bin/env python3
"""check_rooms.py SOURCE: what the compiler does not see of the architecture (docs/architecture.md).

A room is a folder whose CMakeLists.txt calls azrestored_room(). Refused are:
  - an include of a room that the USES line does not name (direct, not transitive), and a USES entry without a need
  - a circle among rooms, or among the files of one room; a .cpp and its .hpp count as one
  - an include that looks up ("..") and a source in a CMakeLists.txt that does
  - libraries that a part of the product must not know: no socket, SQL or log in core/, and so on
  - a header of the product in azrestore-sim
  - a map or set in core/ whose order is that of addresses, because a simulated run could not be repeated then
  - a brace or a capture in an expression with co_await, which g++ 12 destroys twice
A room of more than 30 files is reported, not refused. Ends with 1 when there is a fault.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

from cpp_source import code, files_below, includes, line_of

PRODUCT = ("core", "persistence", "config", "daemon")
MOST_FILES = 30
# daemon/cli has no room of its own: its few files are the command line, and link what target_link_libraries names.
COMMAND_LINE = "daemon/cli"
# Prefixes of includes that a folder must not have, and why.
FOREIGN = {
    "core": (r"sqlite3|boost/beast|boost/asio/(ip|ssl|local)|spdlog|daemon/|persistence/|config/",
             "core/ knows no socket, no SQL and no log"),
    "persistence": (r"boost/beast|spdlog|daemon/|config/", "persistence/ knows core/ only"),
    "config": (r"sqlite3|boost/|spdlog|daemon/|persistence/", "config/ knows core/ only"),
    "tests/simulator": (r"(core|daemon|persistence|config)/", "azrestore-sim shares no header with what it tests")}
AWAITED_BRACE = re.compile(r"co_await[^;\n]*[({,][^\S\n]*(\{|[A-Za-z_:]+\{[^}\n]|\[[&=a-z])")
CONTAINER = re.compile(r"\b(unordered_|flat_)?(?:multi)?(map|set)\s*<")
POINTER = re.compile(r".*\*(\s*const)?|(const\s+)?(std::)?(shared|unique|weak)_ptr\s*<.*", re.DOTALL)

faults = []


def fault(place, line, found, remedy):
    faults.append(f"{place}:{line}: {found}; {remedy}.")


class Cmake:
    """The commands of a CMakeLists.txt: name, and arguments as (text, line)."""

    def __init__(self, path):
        text = re.sub(r"#[^\n]*", lambda found: " " * len(found[0]), path.read_text("utf-8"))
        self.commands = []
        for found in re.finditer(r"(\w+)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)", text):
            words = [(word[0], line_of(text, found.start(2) + word.start())) for word in re.finditer(r"[^\s]+", found[2])]
            self.commands.append((found[1], words))

    def arguments(self, command):
        return [words for name, words in self.commands if name == command]


class Room:
    def __init__(self, source, folder):
        self.folder = folder
        self.name = folder.relative_to(source).as_posix()
        self.cmake = folder / "CMakeLists.txt"
        self.cmake_name = f"{self.name}/CMakeLists.txt"
        self.files = sorted(path for path in folder.glob("*.[ch]pp") if path.is_file())
        self.uses = {}  # room to line

    def read_uses(self, names):
        """`names`: CMake targets to rooms."""
        cmake = Cmake(self.cmake)
        for words in cmake.arguments("azrestored_room"):
            keyword = None
            for word, line in words:
                if word in ("SOURCES", "USES", "LINKS", "ALONE"):
                    keyword = word
                elif keyword == "USES":
                    self.uses[word] = line
        if self.name == COMMAND_LINE:
            for words in cmake.arguments("target_link_libraries"):
                self.uses.update({names[word]: line for word, line in words[1:] if word in names})


def find_rooms(source):
    folders = [path.parent for part in PRODUCT for path in (source / part).rglob("CMakeLists.txt")]
    rooms = {}
    for folder in sorted(set(folders)):
        room = Room(source, folder)
        if room.name == COMMAND_LINE or Cmake(room.cmake).arguments("azrestored_room"):
            rooms[room.name] = room
    targets = {"azrestored_" + name.replace("/", "_"): name for name in rooms if name != COMMAND_LINE}
    for room in rooms.values():
        room.read_uses(targets)
    return rooms


def check_includes_of_rooms(source, rooms, included):
    for room in rooms.values():
        needed = set()
        for file in room.files:
            place = file.relative_to(source).as_posix()
            for line, path in included[file]:
                other = path.rpartition("/")[0]
                if path.split("/")[0] not in (*PRODUCT, "tests") or ".." in path or other == room.name:
                    continue
                needed.add(other)
                if other not in rooms:
                    fault(place, line, f'includes "{path}", and {other} is no room', "include a header of a room")
                elif other not in room.uses:
                    fault(place, line, f'includes "{path}", and {room.cmake_name} does not name {other}',
                          f"add {other} to its {'libraries' if room.name == COMMAND_LINE else 'USES'}, "
                          "or do without the include")
        for other, line in room.uses.items():
            if other not in rooms:
                fault(room.cmake_name, line, f"USES {other}, which is no room", "correct the name")
            elif other == room.name:
                fault(room.cmake_name, line, f"USES {other}, which is the room itself", "remove it")
            elif other not in needed and room.name != COMMAND_LINE:
                fault(room.cmake_name, line, f"USES {other}, and no file of {room.name} includes a header of it",
                      "remove it")


def circles(graph):
    """Each set of nodes that reach one another, as a path that leads back to its start."""
    reachable = {}
    for start in graph:
        seen, open_nodes = set(), [start]
        while open_nodes:
            for following in graph.get(open_nodes.pop(), ()):
                if following not in seen:
                    seen.add(following)
                    open_nodes.append(following)
        reachable[start] = seen
    found, done = [], set()
    for start in sorted(graph):
        if start in reachable[start] and start not in done:
            done |= {node for node in reachable[start] if start in reachable.get(node, ())}
            found.append(shortest_way_back(graph, start))
    return found


def shortest_way_back(graph, start):
    ways = [[start]]
    for way in ways:
        for following in sorted(graph.get(way[-1], ())):
            if following == start:
                return [*way, start]
            if all(following not in other for other in ways):
                ways.append([*way, following])
    raise AssertionError(f"{start} is on no circle")


def check_circles_of_rooms(rooms):
    for way in circles({name: set(room.uses) for name, room in rooms.items()}):
        fault(rooms[way[0]].cmake_name, rooms[way[0]].uses[way[1]], f"the rooms {' > '.join(way)} use one another",
              "remove one of these arrows: a lower room does not use a higher one")


def private_headers(room, includers):
    """Headers without a .cpp of their own that only sources of the room include, or other such headers: the sources
    implement them together, as those of evolve() do."""
    private = {file for file in room.files
               if file.suffix == ".hpp" and not file.with_suffix(".cpp").exists() and includers[file]}
    while True:
        public = {file for file in private
                  if any(by.parent != room.folder or (by.suffix == ".hpp" and by not in private) for by in includers[file])}
        if not public:
            return private
        private -= public


def check_circles_of_files(source, rooms, included):
    by_path = {file.relative_to(source).as_posix(): file for room in rooms.values() for file in room.files}
    includers = defaultdict(list)
    for room in rooms.values():
        for file in room.files:
            for _, path in included[file]:
                if path in by_path:
                    includers[by_path[path]].append(file)
    for room in rooms.values():
        private = private_headers(room, includers)
        graph, arrows = defaultdict(set), {}
        for file in room.files:
            for line, path in included[file]:
                other = by_path.get(path)
                if other is None or other.parent != room.folder or other.stem == file.stem:
                    continue
                if file.suffix == ".hpp" or other not in private:
                    graph[file.stem].add(other.stem)
                    arrows.setdefault((file.stem, other.stem), (file.relative_to(source).as_posix(), line))
        for way in circles(graph):
            place, line = arrows[way[0], way[1]]
            fault(place, line, f"the files {' > '.join(way)} include one another",
                  "move what both need into a file of its own")


def check_foreign_headers(source, included):
    for folder, (pattern, sentence) in FOREIGN.items():
        for file in files_below(source, folder):
            for line, path in included[file]:
                if re.match(pattern, path):
                    fault(file.relative_to(source).as_posix(), line, f"includes {path}, but {sentence}",
                          "do without the include")


def check_upward_includes(source, included):
    for file, its in included.items():
        for line, path in its:
            if ".." in path.split("/"):
                fault(file.relative_to(source).as_posix(), line, f'includes "{path}", which looks up',
                      "write the path from the top of the repository")


def check_upward_sources(source):
    parts = [source / part for part in (*PRODUCT, "tests", "man", "packaging")]
    for path in sorted([source / "CMakeLists.txt", *(file for part in parts for file in part.rglob("CMakeLists.txt"))]):
        for name, words in Cmake(path).commands if path.exists() else ():
            if name not in ("add_library", "add_executable", "target_sources") and not name.startswith("azrestored_"):
                continue
            for word, line in words:
                if "../" in word:
                    fault(path.relative_to(source).as_posix(), line, f"the source {word} lies outside of the folder",
                          "compile it in the room that it belongs to, and link that room")


def check_awaited_braces(source, texts):
    for file in files_below(source, *PRODUCT, "tests/simulator"):
        for found in AWAITED_BRACE.finditer(texts[file]):
            fault(file.relative_to(source).as_posix(), line_of(texts[file], found.start()),
                  "has a brace or a capture in one expression with co_await, and g++ 12 destroys it twice",
                  "give it a name on a line of its own, and await after that")


def template_arguments(text, position):
    """The arguments of the template whose < ends before the position."""
    arguments, depth, begin = [], 0, position
    for at in range(position, len(text)):
        if text[at] in "<([{":
            depth += 1
        elif text[at] in ">)]}" and text[at - 1] != "-":
            depth -= 1
        if depth < 0 or (text[at] == "," and depth == 0):
            arguments.append(text[begin:at].strip())
            begin = at + 1
        if depth < 0:
            break
    return arguments


def check_pointer_keys(source, texts):
    for file in files_below(source, "core"):
        for found in CONTAINER.finditer(texts[file]):
            arguments = template_arguments(texts[file], found.end())
            has_own_order = found[1] != "unordered_" and len(arguments) > (1 if found[2] == "set" else 2)
            if arguments and POINTER.fullmatch(arguments[0]) and not has_own_order:
                fault(file.relative_to(source).as_posix(), line_of(texts[file], found.start()),
                      f"a {found[0].rstrip(' <')} with the key {arguments[0]} is ordered by addresses, "
                      "which differ from run to run", "use a key with an order of its own, such as an id")


def main(source):
    rooms = find_rooms(source)
    if not rooms:
        sys.exit(f"{source}: found no CMakeLists.txt that calls azrestored_room().")
    content = {file: file.read_text("utf-8") for file in files_below(source, *PRODUCT, "tests")}
    included = {file: includes(text) for file, text in content.items()}
    texts = {file: code(text) for file, text in content.items()}

    check_includes_of_rooms(source, rooms, included)
    check_circles_of_rooms(rooms)
    check_circles_of_files(source, rooms, included)
    check_foreign_headers(source, included)
    check_upward_includes(source, included)
    check_upward_sources(source)
    check_awaited_braces(source, texts)
    check_pointer_keys(source, texts)

    for room in rooms.values():
        if len(room.files) > MOST_FILES:
            print(f"{room.name} has {len(room.files)} files, more than {MOST_FILES}; think about two rooms.")
    for sentence in faults:
        print(sentence)
    print(f"{len(rooms)} rooms, {sum(len(room.files) for room in rooms.values())} files, {len(faults)} faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
