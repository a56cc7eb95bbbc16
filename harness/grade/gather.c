#include "gather.h"

#include "absent.h"
#include "record.h"
#include "worklist.h"

#include <stdlib.h>
#include <string.h>

enum { PERSONS_MOST = 20, SHARDS_SHOWN = 8 };

char *gather_complete(const char *out, unsigned shards) {
    struct worklist worklist;
    char *problem = worklist_open(&worklist, out);
    size_t *missing = memory_zeroed(shards + 1, sizeof *missing), all = 0, keys = 0;
    json_t *pair;
    while (!problem && (pair = worklist_next(&worklist))) {
        const char *key = json_string_value(json_object_get(pair, "key"));
        json_t *record = key ? record_read(out, key) : NULL;
        keys += key != NULL;
        if (key && !record) {
            all++;
            missing[conductor_shard(key, shards)]++;
        }
        json_decref(record);
        json_decref(pair);
    }
    worklist_close(&worklist);
    struct text where = {0};
    unsigned shown = 0;
    for (unsigned i = 1; shards > 1 && i <= shards; i++)
        if (missing[i] && shown++ < SHARDS_SHOWN)
            text_add(&where, "%s%zu of shard %u/%u", shown > 1 ? ", " : ": ", missing[i], i,
                     shards);
    if (shown > SHARDS_SHOWN)
        text_add(&where, ", and of %u more shards", shown - SHARDS_SHOWN);
    if (all)
        problem = string_format("%s: %zu of %zu verdicts are missing%s; judge them with %s, then "
                                "gather again",
                                out, all, keys, where.data ? where.data : "",
                                shards > 1 ? "--shard" : "--resume");
    text_free(&where);
    free(missing);
    return problem;
}

static void add_person(struct summary *summary, const json_t *pair, const char *why) {
    summary->person_count++;
    if (summary->persons.count < PERSONS_MOST)
        strings_addf(&summary->persons, "%s, lesson %d: %s",
                     json_string_value(json_object_get(pair, "student")),
                     (int)json_integer_value(json_object_get(pair, "lesson")), why);
}

static void add_refused(struct summary *summary, const json_t *pair, const json_t *record) {
    const json_t *program =
        json_object_get(json_array_get(json_object_get(record, "judgements"), 0), "program");
    const json_t *refusal = json_array_get(json_object_get(program, "refusals"), 0);
    const char *message = json_string_value(json_object_get(refusal, "message"));
    char *why = string_format(
        "refused: %s:%d: %s", json_string_value(json_object_get(refusal, "file")),
        (int)json_integer_value(json_object_get(refusal, "line")), message ? message : "");
    add_person(summary, pair, message ? why : "refused");
    free(why);
}

static void add_pair(struct summary *summary, const char *out, const json_t *pair) {
    const char *key = json_string_value(json_object_get(pair, "key"));
    const char *trouble = json_string_value(json_object_get(pair, "trouble"));
    json_t *record = key ? record_read(out, key) : NULL;
    enum ruling ruling = ruling_named(json_string_value(json_object_get(record, "verdict")));
    const char *reason = json_string_value(json_object_get(record, "reason"));
    summary->pairs++;
    summary->others += json_array_size(json_object_get(pair, "also"));
    if (trouble) {
        char *why =
            string_format("%s %s", json_string_value(json_object_get(pair, "file")), trouble);
        summary->troubles++;
        add_person(summary, pair, why);
        free(why);
    } else {
        summary->rulings[ruling]++;
    }
    if (ruling == RULING_UNJUDGED)
        add_person(summary, pair, reason ? reason : "could not be judged");
    if (ruling == RULING_REFUSED)
        add_refused(summary, pair, record);
    json_decref(record);
}

static void add_unrecognised(void *context, const char *student, const char *path,
                             const char *why) {
    struct summary *summary = context;
    (void)path;
    if (!student)
        summary->unrecognised++;
    else if (++summary->absent_count <= PERSONS_MOST)
        strings_addf(&summary->absent, "%s: %s", student, why);
}

// Whether it is of a lesson that the class is graded in: a repository has the files of all.
static bool counts(const json_t *head, const struct scheme *scheme, const json_t *pair) {
    json_int_t number = json_integer_value(json_object_get(pair, "lesson"));
    const json_t *lesson;
    size_t i;
    json_array_foreach(json_object_get(head, "lessons"), i, lesson) {
        if (json_integer_value(json_object_get(lesson, "lesson")) == number)
            return scheme_counts(scheme, lesson);
    }
    return false;
}

char *gather_sum(struct summary *summary, const char *out, const struct scheme *scheme,
                 unsigned shard, unsigned shards) {
    struct worklist worklist;
    char *problem = worklist_open(&worklist, out);
    *summary = (struct summary){
        .students = (size_t)json_integer_value(json_object_get(worklist.head, "students"))};
    json_t *pair;
    while (!problem && (pair = worklist_next(&worklist))) {
        const char *key = json_string_value(json_object_get(pair, "key"));
        unsigned of = key ? conductor_shard(key, shards) : 1; // the first tells of troubles
        if (of == shard && counts(worklist.head, scheme, pair))
            add_pair(summary, out, pair);
        json_decref(pair);
    }
    worklist_close(&worklist);
    absent_read(out, add_unrecognised, summary);
    return problem;
}

static void print_some(FILE *out, const char *title, const struct strings *some, size_t count) {
    if (count)
        fprintf(out, "\n%s:\n", title);
    for (size_t i = 0; i < some->count; i++) {
        struct text line = {0};
        text_add_line(&line, some->items[i]);
        fprintf(out, "  %s\n", line.data);
        text_free(&line);
    }
    if (count > some->count)
        fprintf(out, "  and %zu more\n", count - some->count);
}

void summary_print(const struct summary *summary, FILE *out) {
    fprintf(out, "%zu submission%s of %zu student%s: %zu correct, %zu faulty, %zu refused, ",
            summary->pairs, summary->pairs == 1 ? "" : "s", summary->students,
            summary->students == 1 ? "" : "s", summary->rulings[RULING_CORRECT],
            summary->rulings[RULING_FAULTY], summary->rulings[RULING_REFUSED]);
    fprintf(out, "%zu not attempted, %zu not judged.\n", summary->rulings[RULING_UNCHANGED],
            summary->rulings[RULING_UNJUDGED] + summary->rulings[RULING_NONE] + summary->troubles);
    if (summary->others)
        fprintf(
            out,
            "\nNot judged: %zu more file%s of students who have handed in several for a lesson; "
            "worklist.jsonl names them.%s\n",
            summary->others, summary->others == 1 ? "" : "s",
            summary->students == 1 ? " If the folder holds folders of students, "
                                     "name that one: all this is taken for one student's."
                                   : "");
    print_some(out, "For a person to look at", &summary->persons, summary->person_count);
    print_some(out, "In no book, since nothing of theirs could be taken", &summary->absent,
               summary->absent_count);
}

int summary_status(const struct summary *summary) {
    if (summary->troubles || summary->rulings[RULING_UNJUDGED] || summary->rulings[RULING_NONE])
        return 2;
    return summary->rulings[RULING_FAULTY] || summary->rulings[RULING_REFUSED] ||
                   summary->rulings[RULING_UNCHANGED]
               ? 1
               : 0;
}

void summary_free(struct summary *summary) {
    strings_free(&summary->persons);
    strings_free(&summary->absent);
}
