#!/usr/bin/python3
# check_schemas.py SOURCE PROGRAMS: the JSON Schemas of config/ match the readers of job files and settings. The names,
# words, bounds and defaults of the schemas are those of the programs. Both accept valid documents and refuse invalid
# ones; the exceptions, which only the reader can check, are listed.
import json
import re
import sys
import unittest
from pathlib import Path

import jsonschema

import job_documents
import settings_documents
from documents import BY_IDENTITY, DELETED_VM, DISKS, ABROAD, changed
from programs import Programs, words_expected

SOURCE, PROGRAMS = Path(sys.argv[1]), Programs(sys.argv[2])
JOB, SETTINGS = (json.loads((SOURCE / "config" / f"{name}.schema.json").read_text("utf-8"))
                 for name in ("azrestore-job", "azrestored"))
STRANGE = "xqxqxqxqxq"  # similar to no known name, so that the reader lists all names


def refusals(schema, document):
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in jsonschema.Draft7Validator(schema).iter_errors(document)]


def places(schema, document):
    return {"/" + "/".join(map(str, error.absolute_path))
            for error in jsonschema.Draft7Validator(schema).iter_errors(document)}


def sections(schema):
    """The sections of the settings, without "$schema"."""
    return {name: part for name, part in schema["properties"].items() if name != "$schema"}


def followed(schema, part):
    """The part that a "$ref" refers to."""
    for name in part.get("$ref", "#").split("/")[1:]:
        schema = schema[name]
    return schema if "$ref" in part else part


class Both(unittest.TestCase):
    longMessage = True

    def test_schemas_are_schemas(self):
        for schema in (JOB, SETTINGS):
            jsonschema.Draft7Validator.check_schema(schema)

    def test_a_file_may_name_its_schema_to_editors_by_a_text(self):
        for value in ("/usr/share/azrestored/x.schema.json", "", 7, None, {}, ["x"]):
            job, settings = changed(DISKS, {"/$schema": value}), {"$schema": value}
            with self.subTest(value=value):
                is_text = isinstance(value, str)
                self.assertEqual([is_text, is_text], [not refusals(JOB, job), not PROGRAMS.job_faults([job])[0]])
                self.assertEqual([is_text, is_text],
                                 [not refusals(SETTINGS, settings), not PROGRAMS.settings_faults(settings)])
        self.assertNotIn("$schema", PROGRAMS.effective_settings({"$schema": "x"}))


class JobFiles(unittest.TestCase):
    maxDiff = None

    def test_examples_are_good(self):
        examples = sorted((SOURCE / "config" / "examples").glob("*.json"))
        self.assertGreater(len(examples), 20)
        documents = [json.loads(example.read_text("utf-8")) for example in examples]
        for example, document, faults in zip(examples, documents, PROGRAMS.job_faults(documents)):
            with self.subTest(example.name):
                self.assertEqual(faults, [])
                self.assertEqual(refusals(JOB, document), [])

    def test_good_ones_are_taken_by_both(self):
        documents = job_documents.documents(job_documents.GOOD)
        for document, faults in zip(documents, PROGRAMS.job_faults(documents)):
            with self.subTest(json.dumps(document)):
                self.assertEqual(faults, [])
                self.assertEqual(refusals(JOB, document), [])

    def test_wrong_ones_are_refused_by_both(self):
        documents = job_documents.documents(job_documents.WRONG)
        for document, faults in zip(documents, PROGRAMS.job_faults(documents)):
            with self.subTest(json.dumps(document)):
                self.assertNotEqual(faults, [])
                self.assertNotEqual(refusals(JOB, document), [])

    def test_samples_of_the_fuzzer_are_judged_alike(self):
        samples = sorted((SOURCE / "tests" / "fuzz").glob("*/job_file/*"))
        self.assertGreater(len(samples), 4)
        for sample in samples:
            try:
                document = json.loads(sample.read_text("utf-8-sig"))
            except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
                continue  # not visible to a schema
            with self.subTest(sample.name):
                faults = PROGRAMS.job_faults([sample.read_text("utf-8")])[0]
                self.assertEqual(not refusals(JOB, document), not faults, faults)

    def test_what_only_the_reader_knows(self):
        rows = job_documents.ONLY_THE_READER
        documents = job_documents.documents(rows.values())
        for why, document, faults in zip(rows, documents, PROGRAMS.job_faults(documents)):
            with self.subTest(why):
                self.assertNotEqual(faults, [])
                self.assertEqual(refusals(JOB, document), [], "the schema can say it: move it to the wrong ones")

    def test_members_are_those_of_the_reader(self):
        """Each object of the schema with an unknown member: the reader lists the known ones."""
        restore = JOB["properties"]["restore"]["properties"]
        objects = {f"/{name}": part for name, part in JOB["properties"].items()}
        objects.update({f"/restore/{name}": part for name, part in restore.items() if name != "extraProperties"})
        objects = {place: part["properties"] for place, part in objects.items() if "properties" in part}
        self.assertGreater(len(objects), 10)
        objects[""] = JOB["properties"]
        for place, members in objects.items():
            base = DELETED_VM if place == "/protectedItem" else DISKS
            document = changed(base, {place + "/" + STRANGE: 1} if place in ("", "/restore", "/protectedItem")
                               else {place: {STRANGE: 1}})
            told = dict(PROGRAMS.job_faults([document])[0])
            with self.subTest(place):
                known = words_expected(told[f"{place}/{STRANGE}"])
                elsewhere = {"recoveryPointId"} if place == "/restore" else set()
                self.assertEqual(known - elsewhere, set(members))

    def test_words_are_those_of_the_reader(self):
        rows = {
            "/restore/recoveryType": DISKS, "/restore/objectType": DISKS, "/validate": DISKS,
            "/rehydration/priority": DISKS, "/restore/recoveryPointRehydrationInfo/rehydrationPriority": DISKS,
            "/restore/targetDiskNetworkAccessSettings/targetDiskNetworkAccessOption": DISKS,
        }
        for place, base in rows.items():
            part = JOB
            for name in place.split("/")[1:]:
                part = part["properties"][name]
            told = dict(PROGRAMS.job_faults([changed(base, {place: STRANGE})])[0])
            with self.subTest(place):
                self.assertEqual(words_expected(told[place]), set(part["enum"]))
        for name in ("consistency", "tier"):
            part = JOB["properties"]["recoveryPoint"]["properties"][name]["items"]
            told = dict(PROGRAMS.job_faults([changed(DISKS, {"/recoveryPoint": {name: [STRANGE]}})])[0])
            with self.subTest(name):
                self.assertEqual(words_expected(told[f"/recoveryPoint/{name}/0"]), set(part["anyOf"][0]["enum"]))

    def test_null_is_taken_where_the_reader_takes_it(self):
        """Null is allowed for many properties of the restore, and for no other member."""
        restore = JOB["properties"]["restore"]["properties"]
        places = [f"/restore/{name}" for name in restore] + [f"/{name}" for name in JOB["properties"]]
        for name, part in restore.items():
            places += [f"/restore/{name}/{member}" for member in part.get("properties", {})]
        documents = [changed(BY_IDENTITY, {place: None}) for place in places]
        for place, document, faults in zip(places, documents, PROGRAMS.job_faults(documents)):
            with self.subTest(place):
                self.assertEqual(not refusals(JOB, document), not faults, faults)


class Settings(unittest.TestCase):
    maxDiff = None

    def keys(self):
        """Every setting, as (section, key, its part of the schema)."""
        for section, part in sections(SETTINGS).items():
            members = SETTINGS["definitions"]["profile"] if section == "auth" else part
            for key, value in members["properties"].items():
                yield section, key, {**value, **followed(SETTINGS, value)}

    def document_of(self, value_of):
        document = {}
        for section, key, part in self.keys():
            value = value_of(part)
            if value is not None:
                document.setdefault(section, {})[key] = value
        return document

    def refused_everywhere(self, document):
        expected = {f"/{section}/{key}" for section, keys in document.items() for key in keys}
        self.assertEqual({place for place, _ in PROGRAMS.settings_faults(document)}, expected)
        self.assertEqual(places(SETTINGS, document), expected)
        return expected

    def taken(self, document):
        self.assertEqual(PROGRAMS.settings_faults(document), [])
        self.assertEqual(refusals(SETTINGS, document), [])

    def test_the_sample_is_good(self):
        text = (SOURCE / "config" / "azrestored.json").read_text("utf-8")
        sample = json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
        self.taken(sample)
        self.assertEqual(PROGRAMS.settings_faults(text), [])

    def test_good_ones_are_taken_by_both(self):
        for document in settings_documents.GOOD:
            with self.subTest(json.dumps(document)):
                self.taken(document)

    def test_wrong_ones_are_refused_by_both(self):
        for document in settings_documents.WRONG:
            with self.subTest(json.dumps(document)):
                self.assertNotEqual(PROGRAMS.settings_faults(document), [])
                self.assertNotEqual(refusals(SETTINGS, document), [])

    def test_what_only_the_reader_knows(self):
        for why, document in settings_documents.ONLY_THE_READER.items():
            with self.subTest(why):
                self.assertNotEqual(PROGRAMS.settings_faults(document), [])
                self.assertEqual(refusals(SETTINGS, document), [], "the schema can say it: move it to the wrong ones")

    def test_keys_are_those_of_the_reader(self):
        effective = PROGRAMS.effective_settings({})
        told = {(section, key) for section, keys in effective.items() for key in keys}
        self.assertEqual(told, {(section, key) for section, key, _ in self.keys()})
        profile = PROGRAMS.effective_settings({"auth": [{"name": "a"}]})["auth"][0]
        self.assertEqual(set(profile), set(SETTINGS["properties"]["auth"]["then"]["items"]["properties"]))

    def test_defaults_are_those_of_the_reader(self):
        document = self.document_of(lambda part: part["default"])
        self.assertEqual(PROGRAMS.effective_settings(document), PROGRAMS.effective_settings({}))

    def test_bounds_are_those_of_the_reader(self):
        for bound, beyond in (("minimum", -1), ("maximum", 1)):
            self.taken(self.document_of(lambda part: part.get(bound)))
            wrong = self.document_of(lambda part: part[bound] + beyond if bound in part else None)
            self.assertGreater(len(self.refused_everywhere(wrong)), 5)

    def test_words_are_those_of_the_reader(self):
        wrong = self.document_of(lambda part: STRANGE if "enum" in part else None)
        self.refused_everywhere(wrong)
        told = dict(PROGRAMS.settings_faults(wrong))
        for section, key, part in self.keys():
            if "enum" in part:
                self.assertEqual(words_expected(told[f"/{section}/{key}"]), set(part["enum"]))

    def test_no_key_takes_a_value_of_another_type(self):
        for value in (True, {}, [], 1.5):
            self.refused_everywhere(
                self.document_of(lambda part: None if value is True and part.get("type") == "boolean" else value))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
