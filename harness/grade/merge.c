#include "merge.h"

#include "../digest.h"
#include "../text.h"
#include "evidence.h"
#include "output.h"
#include "record.h"
#include "store.h"
#include "worklist.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// What two gradings must agree in. The folder may have another name on another machine.
static const char *const terms[] = {"harness", "sandbox", "unsafe",   "seeds",
                                    "private", "lessons", "students", "pairs"};

static char *compare_heads(const struct worklist *ours, const struct worklist *theirs,
                           const char *out, const char *from) {
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        json_t *a = json_object_get(ours->head, terms[i]);
        json_t *b = json_object_get(theirs->head, terms[i]);
        if (json_equal(a, b))
            continue;
        char *was = json_dumps(a, JSON_ENCODE_ANY), *is = json_dumps(b, JSON_ENCODE_ANY);
        char *problem = string_format("%s and %s are not of the same grading: `%s` differs (%.200s "
                                      "and %.200s); grade the same folder everywhere, with the "
                                      "same harness and options",
                                      out, from, terms[i], was ? was : "", is ? is : "");
        free(was);
        free(is);
        return problem;
    }
    return NULL;
}

static char *compare_pairs(struct worklist *ours, struct worklist *theirs, const char *out,
                           const char *from) {
    bool same = true, more = true;
    for (size_t line = 2; same && more; line++) {
        json_t *a = worklist_next(ours), *b = worklist_next(theirs);
        same = (!a && !b) || (a && b && json_equal(a, b));
        more = a != NULL;
        char *problem = same ? NULL
                             : string_format("%s/worklist.jsonl:%zu: is another submission than in "
                                             "%s; grade the same folder everywhere",
                                             from, line, out);
        json_decref(a);
        json_decref(b);
        if (problem)
            return problem;
    }
    return NULL;
}

static char *compare(const char *out, const char *from) {
    struct worklist ours = {0}, theirs = {0};
    char *problem = worklist_open(&ours, out);
    if (!problem)
        problem = worklist_open(&theirs, from);
    if (!problem)
        problem = compare_heads(&ours, &theirs, out, from);
    if (!problem)
        problem = compare_pairs(&ours, &theirs, out, from);
    worklist_close(&ours);
    worklist_close(&theirs);
    return problem;
}

static char *copy_file(const char *from, const char *to) {
    size_t length;
    char *bytes = file_read(from, &length);
    char *problem = bytes ? store_write(to, bytes, length)
                          : string_format("%s: %s; make it readable", from, strerror(errno));
    free(bytes);
    return problem;
}

static char *copy_named(const char *from, const char *out, const char *name) {
    char *source = string_format("%s/%s", from, name), *target = string_format("%s/%s", out, name);
    char *problem = access(source, F_OK) == 0 ? copy_file(source, target) : NULL;
    free(source);
    free(target);
    return problem;
}

// The evidence first: where a record is, all it names is there.
static char *take_record(const char *out, const char *from, const char *key) {
    json_t *record = record_read(from, key), *ours = record_read(out, key);
    char *problem = NULL;
    if (record && !ours && json_is_string(json_object_get(record, "evidence"))) {
        char *source = store_evidence(from, key), *target = store_evidence(out, key);
        problem = evidence_copy(source, target);
        free(source);
        free(target);
    }
    if (record && !ours && !problem)
        problem = record_write(out, key, record);
    json_decref(record);
    json_decref(ours);
    return problem;
}

static char *take_source(const char *out, const char *from, const char *digest) {
    char *source = store_source(from, digest), *target = store_source(out, digest);
    char *there = digest_file(target), *offered = digest_file(source), *problem = NULL;
    if (offered && strcmp(offered, digest) == 0 && (!there || strcmp(there, digest) != 0))
        problem = copy_file(source, target);
    free(there);
    free(offered);
    free(source);
    free(target);
    return problem;
}

char *merge_from(const char *out, const char *from) {
    char *problem = NULL;
    if (!output_used(from))
        return string_format("--from %s: holds no grading; name the output directory of a shard",
                             from);
    if (!output_used(out)) {
        problem = copy_named(from, out, "unrecognised.jsonl");
        problem = problem ? problem : copy_named(from, out, "worklist.jsonl");
    } else {
        problem = compare(out, from);
    }
    struct worklist worklist = {0};
    if (!problem)
        problem = worklist_open(&worklist, out);
    json_t *pair;
    while (!problem && (pair = worklist_next(&worklist))) {
        const char *key = json_string_value(json_object_get(pair, "key"));
        const char *digest = json_string_value(json_object_get(pair, "submission"));
        if (key && digest)
            problem = take_source(out, from, digest);
        if (key && digest && !problem)
            problem = take_record(out, from, key);
        json_decref(pair);
    }
    worklist_close(&worklist);
    return problem;
}
