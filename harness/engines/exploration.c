#include "exploration.h"

#include "driven.h"
#include "explored.h"
#include "steps.h"

#include <stdlib.h>
#include <string.h>

static const char anchor_symbol[] = "__executable_start";

struct reader {
    struct explored explored;
    char *trouble;
    bool complete;
};

// The schedule and its trace

static json_t *exploration_of(const struct reader *reader, const json_t *line) {
    return json_pack("{s:o?, s:I, s:o?, s:I, s:{s:I, s:I}, s:b, s:o}", "schedule",
                     json_incref(json_object_get(line, "schedule")), "preemptions",
                     (json_int_t)number_of(line, "preemptions"), "found_by",
                     json_incref(json_object_get(line, "found_by")), "schedules_tried",
                     (json_int_t)number_of(line, "schedules"), "seen_on", "schedules",
                     (json_int_t)number_of(line, "hits"), "of",
                     (json_int_t)number_of(line, "measured"), "replayed",
                     json_is_true(json_object_get(line, "confirmed")), "trace",
                     steps_read(&reader->explored, json_object_get(line, "trace"),
                                json_object_get(line, "finding")));
}

static void read_finding(struct reader *reader, const json_t *line) {
    struct fault *fault = explored_fault(&reader->explored, json_object_get(line, "finding"));
    if (fault)
        fault->exploration = exploration_of(reader, line);
}

// What was covered, never more

static char *covered(const json_t *summary, bool replay) {
    uint64_t schedules = number_of(summary, "schedules"),
             bounds = number_of(summary, "bounds_done");
    struct text words = {0};
    if (replay) {
        text_add(&words, "this schedule shows no fault");
    } else if (json_is_true(json_object_get(summary, "exhaustive"))) {
        text_add(&words, "all schedules; %llu stand for them", (unsigned long long)schedules);
    } else {
        if (bounds)
            text_add(&words, "all schedules with at most %llu preemption%s, ",
                     (unsigned long long)bounds - 1, bounds == 2 ? "" : "s");
        text_add(&words, "%llu schedules in all (not exhaustive)", (unsigned long long)schedules);
    }
    if (json_is_true(json_object_get(summary, "out_of_time")))
        text_add(&words, "; then it had used the processor for too long");
    if (number_of(summary, "cut"))
        text_add(&words, "; %llu cut off, having too many operations",
                 (unsigned long long)number_of(summary, "cut"));
    return text_take(&words);
}

static json_t *covering(struct reader *reader) {
    if (!reader->explored.findings->exploration)
        reader->explored.findings->exploration = json_pack("{s:[]}", "endings");
    return reader->explored.findings->exploration;
}

static void read_summary(struct reader *reader, json_t *summary) {
    char *sentence = covered(summary, reader->explored.run->program->exploration.schedule != NULL);
    json_object_update(covering(reader), summary);
    set_text(covering(reader), "covered", sentence);
    free(sentence);
    if (!reader->trouble && number_of(summary, "cut") &&
        number_of(summary, "cut") == number_of(summary, "schedules"))
        reader->trouble =
            string_format("no schedule came to its end within %llu operations; give the "
                          "program less to do, or look for a loop that never ends",
                          (unsigned long long)number_of(summary, "longest") - 1);
    reader->complete = true;
}

static void read_tried(struct reader *reader, const json_t *line) {
    json_t *tried = json_object_get(covering(reader), "tried");
    if (!tried) {
        tried = json_array();
        json_object_set_new(covering(reader), "tried", tried);
    }
    json_array_append_new(
        tried, json_pack("{s:O?, s:O, s:o}", "schedule", json_object_get(line, "schedule"), "ended",
                         json_object_get(line, "tried"), "trace",
                         steps_read(&reader->explored, json_object_get(line, "trace"), NULL)));
}

static void read_ending(struct reader *reader, json_t *line) {
    struct text bytes = {0}, printable = {0};
    explored_bytes(&bytes, text_of(line, "ending"));
    text_add_printable(&printable, bytes.data ? bytes.data : "", bytes.length);
    json_array_append_new(json_object_get(covering(reader), "endings"),
                          json_pack("{s:o, s:I, s:I}", "output",
                                    json_of_text(printable.data ? printable.data : ""), "status",
                                    (json_int_t)number_of(line, "status"), "schedules",
                                    (json_int_t)number_of(line, "times")));
    text_free(&printable);
    text_free(&bytes);
}

static char *outdated(const struct program *program) {
    return string_format("this schedule was made for another version of %s: its source, the "
                         "compiler or the explorer has changed; take one from a new report",
                         path_base(program->sources.items[0]));
}

static void read_unavailable(struct reader *reader, const json_t *line) {
    struct location location = explored_call(&reader->explored, line, line);
    reader->explored.findings->beyond = true;
    if (!reader->trouble)
        reader->trouble = location.file
                              ? string_format("%s, at %s:%d", text_of(line, "unavailable"),
                                              path_base(location.file), location.line)
                              : string_copy(text_of(line, "unavailable"));
    location_free(&location);
}

static void read_line(struct reader *reader, json_t *line) {
    if (json_object_get(line, "anchor")) {
        reader->explored.anchor = number_of(line, "anchor");
        reader->explored.symbols = symbols_open(reader->explored.run->build->executable,
                                                anchor_symbol, reader->explored.anchor);
        reader->explored.names = names_new(reader->explored.symbols);
    } else if (!reader->explored.names) {
        return; // nothing can be placed
    } else if (json_object_get(line, "finding")) {
        read_finding(reader, line);
    } else if (json_object_get(line, "replay")) {
        json_object_set_new(covering(reader), "trace",
                            steps_read(&reader->explored, json_object_get(line, "trace"), NULL));
    } else if (json_object_get(line, "hand")) {
        json_t *hand = json_object_get(line, "hand");
        json_t *state = driven_read(&reader->explored, hand);
        json_object_set_new(state, "trace",
                            steps_read(&reader->explored, json_object_get(hand, "trace"), NULL));
        json_object_set_new(covering(reader), "hand", state);
    } else if (json_object_get(line, "sites")) {
        json_object_set(covering(reader), "sites", json_object_get(line, "sites"));
    } else if (text_of(line, "tried")) {
        read_tried(reader, line);
    } else if (text_of(line, "failed")) {
        if (!reader->trouble)
            reader->trouble = json_object_get(line, "outdated")
                                  ? outdated(reader->explored.run->program)
                                  : string_copy(text_of(line, "failed"));
    } else if (text_of(line, "unavailable")) {
        read_unavailable(reader, line);
    } else if (text_of(line, "ending")) {
        read_ending(reader, line);
    } else if (json_object_get(line, "summary")) {
        read_summary(reader, json_object_get(line, "summary"));
    }
}

bool exploration_read(const struct run *run, const char *lines, struct findings *findings,
                      char **trouble) {
    struct reader reader = {.explored = {.run = run, .findings = findings}};
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        json_t *line = json_loadb(lines, length, 0, NULL);
        read_line(&reader, line);
        json_decref(line);
        lines += length + (lines[length] == '\n');
    }
    names_free(reader.explored.names);
    symbols_close(reader.explored.symbols);
    *trouble = reader.trouble;
    return reader.complete;
}
