#include "exploration.h"

#include "output.h"
#include "../names.h"

#include <stdlib.h>
#include <string.h>

static const char anchor_symbol[] = "__executable_start";

struct reader {
    const struct run *run;
    struct symbols *symbols;
    struct names *names;
    uint64_t anchor;
    struct findings *findings;
    char *trouble;
    bool complete;
};

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static uint64_t number(const json_t *json, const char *key) {
    return (uint64_t)json_integer_value(json_object_get(json, key));
}

// Places and objects

// Places are return addresses, as offsets in the image.
static struct location where(const struct reader *reader, const json_t *json, const char *key) {
    struct location location = {0};
    uint64_t place = number(json, key);
    if (place)
        symbols_line(reader->symbols, reader->anchor + place - 1, &location);
    return location;
}

// Of a part that is perhaps in a library: the innermost call of the program's own.
static struct location where_called(const struct reader *reader, const json_t *found,
                                    const json_t *part) {
    struct location location = where(reader, part, "place");
    json_t *call;
    size_t i;
    json_array_foreach(json_object_get(found, "calls"), i, call) {
        uint64_t place = (uint64_t)json_integer_value(call);
        if (!location.file && place)
            symbols_line(reader->symbols, reader->anchor + place - 1, &location);
    }
    return location;
}

static void set_text(json_t *json, const char *key, const char *value) {
    if (value)
        json_object_set_new(json, key, json_of_text(value));
}

static void set_location(json_t *json, const struct location *location) {
    if (!location->file)
        return;
    set_text(json, "file", location->file);
    set_text(json, "function", location->function);
    json_object_set_new(json, "line", json_integer(location->line));
}

// By its descriptor. Owned by the caller.
static char *stream_name(uint64_t descriptor) {
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    return descriptor < sizeof names / sizeof names[0] ? string_copy(names[descriptor]) : NULL;
}

// Without backquotes; NULL: it has no name. Owned by the caller.
static char *object_name(const struct reader *reader, const json_t *object,
                         const struct location *used_at) {
    const char *kind = text(object, "kind");
    if (!kind)
        return NULL;
    if (strcmp(kind, "thread") == 0)
        return thread_name((int)number(object, "thread"));
    if (strcmp(kind, "descriptor") == 0)
        return string_format("descriptor %d", (int)number(object, "number"));
    if (strcmp(kind, "stream") == 0)
        return stream_name(number(object, "number"));
    bool called = strcmp(kind, "memory") != 0 && strcmp(kind, "atomic") != 0;
    return string_copy(
        names_object(reader->names, number(object, "address"), called ? used_at : NULL));
}

// "`a`", "T1", "the mutex made at queue.c:12", "a mutex"; when it is told of again, "the same memory".
static char *object_words(const struct reader *reader, const json_t *object,
                          const struct location *used_at, bool again) {
    const char *kind = text(object, "kind");
    char *name = object_name(reader, object, used_at), *words;
    struct location born = where(reader, object, "born");
    if (!kind)
        words = string_copy("it");
    else if (name && (strcmp(kind, "thread") == 0 || strcmp(kind, "descriptor") == 0))
        words = string_copy(name);
    else if (name)
        words = string_format("`%s`", name);
    else if (strcmp(kind, "memory") == 0 || strcmp(kind, "atomic") == 0)
        words = string_copy(again ? "the same memory" : "memory");
    else if (born.file)
        words = string_format("the %s made at %s:%d", kind, path_base(born.file), born.line);
    else
        words = string_format("a %s", kind);
    location_free(&born);
    free(name);
    return words;
}

// Hangs, as the keeper tells them (observe.h)

static json_t *held_json(const struct reader *reader, const json_t *part) {
    json_t *list = json_array(), *held;
    size_t i;
    json_array_foreach(json_object_get(part, "held"), i, held) {
        struct location location = where(reader, held, "place");
        const json_t *object = json_object_get(held, "object");
        char *name = object_name(reader, object, &location);
        json_t *json = json_object();
        set_location(json, &location);
        set_text(json, "object", name);
        json_object_set_new(json, "id", json_integer((json_int_t)number(object, "address")));
        json_array_append_new(list, json);
        location_free(&location);
        free(name);
    }
    return list;
}

static void set_holder(const struct reader *reader, json_t *json, const json_t *part) {
    if (!json_object_get(part, "holder"))
        return;
    char *name = thread_name((int)number(part, "holder"));
    struct location since = where(reader, part, "since");
    json_t *taken = json_object();
    set_text(json, "holder", name);
    set_location(taken, &since);
    json_object_set_new(json, "since", taken);
    const char *state = text(part, "holder_state");
    json_object_set_new(json, "holder_ended", json_boolean(state && strcmp(state, "ended") == 0));
    location_free(&since);
    free(name);
}

static json_t *waiting_thread(const struct reader *reader, const json_t *part) {
    json_t *json = json_object();
    const json_t *object = json_object_get(part, "object");
    const char *wait = text(part, "wait");
    struct location location = where(reader, part, "place");
    char *name = thread_name((int)number(part, "thread"));
    char *called =
        strcmp(wait ? wait : "", "join") == 0 ? NULL : object_name(reader, object, &location);
    set_text(json, "name", name);
    set_text(json, "wait", wait ? wait : "other");
    set_location(json, &location);
    set_text(json, "object", called);
    json_object_set_new(
        json, "object_id",
        json_integer((json_int_t)(json_object_get(object, "number") ? number(object, "number")
                                                                    : number(object, "address"))));
    json_object_set_new(json, "held", held_json(reader, part));
    set_holder(reader, json, part);
    location_free(&location);
    free(called);
    free(name);
    return json;
}

static struct fault *add_hang(const struct reader *reader, const json_t *found) {
    json_t *threads = json_array(), *part;
    size_t i;
    json_array_foreach(json_object_get(found, "parts"), i, part) {
        json_array_append_new(threads, waiting_thread(reader, part));
    }
    struct fault *fault =
        hang_add(reader->findings, reader->run->engine->name, text(found, "hang"), threads);
    json_decref(threads);
    return fault;
}

// Other faults: a sentence made of what each thread does

// ", holding `a` and `b`"; what the thread is said to act upon is left out.
static void add_held(const struct reader *reader, struct text *sentence, const json_t *part,
                     const json_t *object) {
    json_t *held;
    size_t i;
    const char *word = ", holding ";
    json_array_foreach(json_object_get(part, "held"), i, held) {
        const json_t *lock = json_object_get(held, "object");
        if (number(lock, "address") == number(object, "address"))
            continue;
        struct location location = where(reader, held, "place");
        char *words = object_words(reader, lock, &location, false);
        text_add(sentence, "%s%s", word, words);
        word = " and ";
        location_free(&location);
        free(words);
    }
}

// The part of one thread: adds its place to the fault, and to the sentence.
static void add_part(const struct reader *reader, struct fault *fault, struct text *sentence,
                     const json_t *found, const json_t *part) {
    struct location location = where_called(reader, found, part);
    const json_t *own = json_object_get(part, "object"), *common = json_object_get(found, "object");
    const json_t *object = json_is_object(own) ? own : common;
    const char *does = text(part, "does");
    char *name = thread_name((int)number(part, "thread"));
    char *words =
        json_is_object(object) ? object_words(reader, object, &location, sentence->length) : NULL;
    const char *it = words ? strstr(does, " it") : NULL;
    struct text action = {0};
    if (it) // "unlocks it, though nobody holds it"
        text_add(&action, "%.*s %s%s", (int)(it - does), does, words, it + 3);
    else
        text_add(&action, "%s%s%s", does, words ? " " : "", words ? words : "");
    text_add(sentence, "%s%s %s", sentence->length ? "; " : "", name, action.data);
    if (location.file)
        text_add(sentence, " at %s:%d", path_base(location.file), location.line);
    add_held(reader, sentence, part, object);
    if (location.file)
        fault_place(fault, location.file, location.line, location.function, name, action.data);
    location_free(&location);
    text_free(&action);
    free(words);
    free(name);
}

static const char *const endings[FAULT_KINDS] = {
    [FAULT_DATA_RACE] = "; nothing orders the two",
    [FAULT_LOCK_ACROSS_WAIT] = ", for as long as that lasts",
};

// Text of the program: each character stands for a byte.
static void add_bytes(struct text *bytes, const char *characters) {
    for (const unsigned char *c = (const unsigned char *)characters; c && *c; c++) {
        bool two = *c >= 0xc0;
        char byte = (char)(two ? (unsigned)(c[0] & 3) << 6 | (c[1] & 0x3f) : *c);
        text_add_bytes(bytes, &byte, 1);
        c += two;
    }
}

static char *last_line(const char *characters) {
    struct text bytes = {0}, printable = {0};
    add_bytes(&bytes, characters);
    while (bytes.length &&
           (bytes.data[bytes.length - 1] == '\n' || bytes.data[bytes.length - 1] == ' '))
        bytes.data[--bytes.length] = '\0';
    const char *line = bytes.length ? strrchr(bytes.data, '\n') : NULL;
    line = line ? line + 1 : bytes.data;
    text_add_printable(&printable, line ? line : "", line ? strnlen(line, 200) : 0);
    text_free(&bytes);
    return text_take(&printable);
}

// How the program ended, in front of what its threads did.
static void add_ending(const struct reader *reader, struct text *sentence, const json_t *found,
                       enum fault_kind kind) {
    char *words = last_line(text(found, "errors"));
    const char *saying = *words ? ", saying: " : "";
    struct text printed = {0};
    int signal_number =
        (int)(number(found, "signal") ? number(found, "signal") : number(found, "detail"));
    add_bytes(&printed, text(found, "output"));
    char *difference = output_difference(reader->run->program, &printed);
    if (kind == FAULT_CRASH)
        text_add(sentence, "the program was ended by signal %d (%s)%s%s", signal_number,
                 strsignal(signal_number), saying, words);
    else if (kind == FAULT_WRONG_EXIT)
        text_add(sentence, "the program ended with exit status %d%s%s",
                 (int)number(found, "detail"), saying, words);
    else if (kind == FAULT_WRONG_OUTPUT)
        text_add(sentence, "%s", difference ? difference : "its output is not what it should be");
    else if (kind == FAULT_OUTPUT_LIMIT)
        text_add(sentence, "the program printed more than is reasonable and was stopped");
    else if (kind == FAULT_TIMEOUT)
        text_add(sentence, "the program goes on for long without any operation that another thread "
                           "could notice, as in an endless loop");
    else if (kind == FAULT_MEMORY_GROWTH)
        text_add(sentence,
                 "the program held more than the %.1f MiB of heap memory that are its ceiling",
                 (double)reader->run->program->heap_ceiling / 1048576.0);
    text_free(&printed);
    free(difference);
    free(words);
}

static struct fault *add_fault(const struct reader *reader, const json_t *found) {
    enum fault_kind kind = fault_kind_named(text(found, "fault"));
    struct fault *fault =
        faults_add(&reader->findings->faults, kind, reader->run->engine->name, NULL);
    struct text sentence = {0};
    json_t *part;
    size_t i;
    add_ending(reader, &sentence, found, kind);
    json_array_foreach(json_object_get(found, "parts"), i, part) {
        add_part(reader, fault, &sentence, found, part);
    }
    text_add(&sentence, "%s.", endings[kind] ? endings[kind] : "");
    fault->message = text_take(&sentence);
    if (kind == FAULT_THREAD_LEAK)
        findings_unjoined(reader->findings, fault, (int)number(found, "count"));
    return fault;
}

// The schedule and its trace

static json_t *trace_of(const struct reader *reader, const json_t *steps) {
    json_t *trace = json_array(), *step;
    size_t i;
    json_array_foreach(steps, i, step) {
        struct location location = where(reader, step, "place");
        const json_t *object = json_object_get(step, "object");
        char *name = thread_name((int)number(step, "thread"));
        char *called = object_name(reader, object, &location);
        json_t *json = json_object();
        json_object_set_new(json, "step", json_integer((json_int_t)number(step, "step")));
        set_text(json, "thread", name);
        set_text(json, "does", text(step, "does"));
        json_object_set_new(json, "object", json_of_text(called));
        json_object_set_new(json, "object_kind", json_of_text(text(object, "kind")));
        set_text(json, "note", text(step, "note"));
        json_object_set_new(json, "file", json_of_text(location.file));
        json_object_set_new(json, "line",
                            location.file ? json_integer(location.line) : json_null());
        json_object_set_new(json, "function", json_of_text(location.function));
        json_array_append_new(trace, json);
        location_free(&location);
        free(called);
        free(name);
    }
    return trace;
}

static json_t *exploration_of(const struct reader *reader, const json_t *line) {
    return json_pack("{s:o?, s:I, s:o?, s:I, s:{s:I, s:I}, s:b, s:o}", "schedule",
                     json_incref(json_object_get(line, "schedule")), "preemptions",
                     (json_int_t)number(line, "preemptions"), "found_by",
                     json_incref(json_object_get(line, "found_by")), "schedules_tried",
                     (json_int_t)number(line, "schedules"), "seen_on", "schedules",
                     (json_int_t)number(line, "hits"), "of", (json_int_t)number(line, "measured"),
                     "replayed", json_is_true(json_object_get(line, "confirmed")), "trace",
                     trace_of(reader, json_object_get(line, "trace")));
}

static void read_finding(struct reader *reader, const json_t *line) {
    const json_t *found = json_object_get(line, "finding");
    if (fault_kind_named(text(found, "fault") ? text(found, "fault") : "") == FAULT_KINDS)
        return;
    struct fault *fault = text(found, "hang") ? add_hang(reader, found) : add_fault(reader, found);
    if (fault)
        fault->exploration = exploration_of(reader, line);
}

// What was covered, never more

static char *covered(const json_t *summary, bool replay) {
    uint64_t schedules = number(summary, "schedules"), bounds = number(summary, "bounds_done");
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
    if (number(summary, "cut"))
        text_add(&words, "; %llu cut off, having too many operations",
                 (unsigned long long)number(summary, "cut"));
    return text_take(&words);
}

static json_t *covering(struct reader *reader) {
    if (!reader->findings->exploration)
        reader->findings->exploration = json_pack("{s:[]}", "endings");
    return reader->findings->exploration;
}

static void read_summary(struct reader *reader, json_t *summary) {
    char *sentence = covered(summary, reader->run->program->exploration.schedule != NULL);
    json_object_update(covering(reader), summary);
    set_text(covering(reader), "covered", sentence);
    free(sentence);
    if (!reader->trouble && number(summary, "cut") &&
        number(summary, "cut") == number(summary, "schedules"))
        reader->trouble =
            string_format("no schedule came to its end within %llu operations; give the "
                          "program less to do, or look for a loop that never ends",
                          (unsigned long long)number(summary, "longest") - 1);
    reader->complete = true;
}

static void read_ending(struct reader *reader, json_t *line) {
    struct text bytes = {0}, printable = {0};
    add_bytes(&bytes, text(line, "ending"));
    text_add_printable(&printable, bytes.data ? bytes.data : "", bytes.length);
    json_array_append_new(json_object_get(covering(reader), "endings"),
                          json_pack("{s:o, s:I, s:I}", "output",
                                    json_of_text(printable.data ? printable.data : ""), "status",
                                    (json_int_t)number(line, "status"), "schedules",
                                    (json_int_t)number(line, "times")));
    text_free(&printable);
    text_free(&bytes);
}

static void read_unavailable(struct reader *reader, const json_t *line) {
    struct location location = where_called(reader, line, line);
    reader->findings->beyond = true;
    if (!reader->trouble)
        reader->trouble = location.file ? string_format("%s, at %s:%d", text(line, "unavailable"),
                                                        path_base(location.file), location.line)
                                        : string_copy(text(line, "unavailable"));
    location_free(&location);
}

static void read_line(struct reader *reader, json_t *line) {
    if (json_object_get(line, "anchor")) {
        reader->anchor = number(line, "anchor");
        reader->symbols =
            symbols_open(reader->run->build->executable, anchor_symbol, reader->anchor);
        reader->names = names_new(reader->symbols);
    } else if (!reader->names) {
        return; // nothing can be placed
    } else if (json_object_get(line, "finding")) {
        read_finding(reader, line);
    } else if (json_object_get(line, "replay")) {
        json_object_set_new(covering(reader), "trace",
                            trace_of(reader, json_object_get(line, "trace")));
    } else if (text(line, "failed")) {
        if (!reader->trouble)
            reader->trouble = string_copy(text(line, "failed"));
    } else if (text(line, "unavailable")) {
        read_unavailable(reader, line);
    } else if (text(line, "ending")) {
        read_ending(reader, line);
    } else if (json_object_get(line, "summary")) {
        read_summary(reader, json_object_get(line, "summary"));
    }
}

bool exploration_read(const struct run *run, const char *lines, struct findings *findings,
                      char **trouble) {
    struct reader reader = {.run = run, .findings = findings};
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        json_t *line = json_loadb(lines, length, 0, NULL);
        read_line(&reader, line);
        json_decref(line);
        lines += length + (lines[length] == '\n');
    }
    names_free(reader.names);
    symbols_close(reader.symbols);
    *trouble = reader.trouble;
    return reader.complete;
}
