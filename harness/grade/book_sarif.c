// results.sarif: all faults of the class in SARIF 2.1.0, with paths relative to the folder of the submissions.
#include "book.h"

#include "../digest.h"
#include "../report/reader.h"
#include "../report/sarif.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char name[] = "results.sarif";
static const char root[] = "%SRCROOT%";
enum { RULE_REFUSED = FAULT_KINDS + 1 };

struct state {
    FILE *out;
    FILE *notifications, *artifacts; // until it is their turn
    bool any, any_notification, any_artifact;
};

// A path in a URI (RFC 3986).
static char *uri_of(const char *before, const char *path) {
    struct text uri = {0};
    text_add(&uri, "%s", before);
    for (const char *c = path; *c; c++)
        if (isascii((unsigned char)*c) && (isalnum((unsigned char)*c) || strchr("-._~/", *c)))
            text_add(&uri, "%c", *c);
        else
            text_add(&uri, "%%%02X", (unsigned)(unsigned char)*c);
    return text_take(&uri);
}

static json_t *message(const char *words) {
    char *text = losses_text(words, MESSAGE_LONGEST);
    json_t *json = json_pack("{s:o}", "text", json_of_text(text));
    free(text);
    return json;
}

// A file of the course, as judged: drive.c or lib/pool.c. It is told by where it lies here.
static json_t *course_artifact(const struct pair *pair, const char *file) {
    const char *const directories[] = {"", "/.."};
    char real[PATH_MAX], *uri = NULL;
    for (size_t i = 0; i < sizeof directories / sizeof directories[0] && !uri; i++) {
        char *path = string_format("%s%s/%s", pair->lesson->directory, directories[i], file);
        uri = realpath(path, real) ? uri_of("file://", real) : NULL;
        free(path);
    }
    uri = uri ? uri : uri_of("file:///", path_base(file));
    json_t *json = json_pack("{s:s}", "uri", uri);
    free(uri);
    return json;
}

// The student's file is below the submissions.
static json_t *artifact(const struct pair *pair, const char *file) {
    if (!losses_own_file(pair, file))
        return course_artifact(pair, file);
    char *uri = uri_of("", pair->file);
    json_t *json = json_pack("{s:s, s:s}", "uri", uri, "uriBaseId", root);
    free(uri);
    return json;
}

static json_t *location(const void *context, const char *file, int line, const char *says) {
    json_t *json = json_object();
    if (file) {
        json_t *physical = json_pack("{s:o}", "artifactLocation", artifact(context, file));
        if (line > 0)
            json_object_set_new(physical, "region", json_pack("{s:i}", "startLine", line));
        json_object_set_new(json, "physicalLocation", physical);
    }
    if (says)
        json_object_set_new(json, "message", message(says));
    return json;
}

// The first place in the student's file, or in any; `count` when there is none.
static size_t telling_place(const struct pair *pair, const struct fault *fault) {
    size_t any = fault->place_count;
    for (size_t i = fault->place_count; i-- > 0;)
        any = fault->places[i].file ? i : any;
    for (size_t i = 0; i < fault->place_count; i++)
        if (losses_own_file(pair, fault->places[i].file))
            return i;
    return any;
}

static json_t *related(const struct pair *pair, const struct fault *fault, size_t telling) {
    json_t *list = json_array();
    for (size_t i = 0; i < fault->place_count; i++) {
        if (i == telling || !reader_shows_place(fault, i))
            continue;
        char *says = reader_place_says(&fault->places[i]);
        json_t *json = location(pair, fault->places[i].file, fault->places[i].line,
                                *says ? says : "takes part");
        json_object_set_new(json, "id", json_integer((json_int_t)json_array_size(list) + 1));
        json_array_append_new(list, json);
        free(says);
    }
    return list;
}

// The same for the same fault of the same student.
static json_t *fingerprint(const struct student *student, const struct pair *pair, const char *rule,
                           int line) {
    char *text = string_format("%s\n%d\n%s\n%d", student->id, pair->lesson->number, rule, line);
    char *digest = digest_bytes(text, strlen(text)), *words = string_format("%s:1", digest);
    json_t *json = json_pack("{s:s}", "interleaveFault/v1", words);
    free(words);
    free(digest);
    free(text);
    return json;
}

static void write_item(FILE *out, bool *any, json_t *item) {
    char *text = json_dumps(item, JSON_COMPACT);
    fprintf(out, "%s\n%s", *any ? "," : "", text);
    *any = true;
    free(text);
    json_decref(item);
}

static void write_loss(struct state *state, const struct student *student, const struct pair *pair,
                       const struct loss *loss) {
    const struct fault *fault = loss->fault;
    size_t telling = telling_place(pair, fault);
    bool placed = telling < fault->place_count;
    json_t *result =
        json_pack("{s:s, s:i, s:s, s:s, s:o, s:[o], s:o, s:{s:s, s:s, s:i, s:s}}", "ruleId",
                  fault_words[loss->kind].name, "ruleIndex", (int)loss->kind, "kind", "fail",
                  "level", "error", "message", message(loss->message), "locations",
                  location(pair, placed ? fault->places[telling].file : "exercise.c",
                           placed ? fault->places[telling].line : 0, NULL),
                  "partialFingerprints",
                  fingerprint(student, pair, fault_words[loss->kind].name, losses_line(pair, loss)),
                  "properties", "student", student->name, "id", student->id, "lesson",
                  pair->lesson->number, "engines", loss->engines);
    json_t *others = related(pair, fault, telling);
    if (json_array_size(others))
        json_object_set(result, "relatedLocations", others);
    json_decref(others);
    const json_t *trace = loss->traced ? json_object_get(loss->traced->exploration, "trace") : NULL;
    if (json_array_size(trace))
        json_object_set_new(result, "codeFlows", sarif_code_flows(loss->traced, location, pair));
    write_item(state->out, &state->any, result);
}

static void write_refusal(struct state *state, const struct student *student,
                          const struct pair *pair, const struct turned_away *refusal) {
    json_t *result = json_pack(
        "{s:s, s:i, s:s, s:s, s:o, s:[o], s:o, s:{s:s, s:s, s:i}}", "ruleId", "refused",
        "ruleIndex", (int)RULE_REFUSED, "kind", "review", "level", "none", "message",
        message(refusal->message), "locations", location(pair, "exercise.c", refusal->line, NULL),
        "partialFingerprints", fingerprint(student, pair, "refused", refusal->line), "properties",
        "student", student->name, "id", student->id, "lesson", pair->lesson->number);
    write_item(state->out, &state->any, result);
}

// Of what could not be judged: neither a result nor the absence of one.
static void write_notification(struct state *state, const struct pair *pair) {
    char *why = losses_why(pair);
    json_t *notification =
        json_pack("{s:{s:s}, s:s, s:o, s:[o]}", "descriptor", "id", "unjudged", "level", "error",
                  "message", message(why), "locations", location(pair, "exercise.c", 0, NULL));
    write_item(state->notifications, &state->any_notification, notification);
    free(why);
}

static void write_artifact(struct state *state, const struct pair *pair) {
    write_item(state->artifacts, &state->any_artifact,
               json_pack("{s:o, s:[s], s:s}", "location", artifact(pair, "exercise.c"), "roles",
                         "analysisTarget", "sourceLanguage", "c"));
}

static void *open_sarif(struct desk *desk) {
    struct state *state = memory_zeroed(1, sizeof *state);
    state->notifications = desk_spill(desk);
    state->artifacts = desk_spill(desk);
    state->out = desk_open(desk, name);
    if (!state->out)
        return state;
    json_t *rules = sarif_rules();
    json_array_append_new(
        rules,
        sarif_rule("refused", "The file uses what could blind the tools, so it was not run; a "
                              "person has to look at it."));
    json_t *driver =
        json_pack("{s:s, s:o, s:[o]}", "name", "interleave", "rules", rules, "notifications",
                  sarif_rule("unjudged", "The file could not be judged: nothing is known of it."));
    char *text = json_dumps(driver, JSON_COMPACT);
    fprintf(
        state->out,
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
        "\"runs\":[{\"tool\":{\"driver\":%s},\"columnKind\":\"unicodeCodePoints\",\"results\":[",
        text);
    free(text);
    json_decref(driver);
    return state;
}

static void pair_sarif(struct desk *desk, void *context, const struct student *student,
                       const struct pair *pair, const struct losses *losses) {
    struct state *state = context;
    if (!state->out || desk->problem || !pair->file)
        return;
    write_artifact(state, pair);
    if (pair->score.open)
        write_notification(state, pair);
    for (size_t i = 0; i < losses->count; i++)
        write_loss(state, student, pair, &losses->items[i]);
    for (size_t i = 0; i < losses->refusal_count; i++)
        write_refusal(state, student, pair, &losses->refusals[i]);
}

static char *root_uri(const struct desk *desk) {
    char real[PATH_MAX];
    char *folder = realpath(roll_text(desk->roll, "folder"), real) ? uri_of("file://", real)
                                                                   : string_copy("file://");
    char *uri = string_format("%s/", folder);
    free(folder);
    return uri;
}

static void write_end(struct desk *desk, struct state *state) {
    char *uri = root_uri(desk);
    json_t *bases = json_pack("{s:{s:s}}", root, "uri", uri);
    json_t *properties = json_pack("{s:s, s:b, s:s, s:s}", "sandbox", desk->sandbox, "unsafe",
                                   (int)roll_unsafe(desk->roll), "harness",
                                   roll_text(desk->roll, "harness"), "scheme", desk->scheme);
    char *shown_bases = json_dumps(bases, JSON_COMPACT),
         *shown_properties = json_dumps(properties, JSON_COMPACT);
    fprintf(state->out,
            "\n],\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d,"
            "\"toolExecutionNotifications\":[",
            state->any_notification ? "false" : "true",
            state->any                ? 1
            : state->any_notification ? 2
                                      : 0);
    desk_pour(desk, state->notifications, state->out);
    fprintf(state->out, "]}],\"originalUriBaseIds\":%s,\"artifacts\":[", shown_bases);
    desk_pour(desk, state->artifacts, state->out);
    fprintf(state->out, "],\"properties\":%s}]}\n", shown_properties);
    free(shown_properties);
    free(shown_bases);
    json_decref(properties);
    json_decref(bases);
    free(uri);
}

static void close_sarif(struct desk *desk, void *context) {
    struct state *state = context;
    if (state->out && !desk->problem)
        write_end(desk, state);
    desk_close(desk, state->out, name);
    desk_drop(state->notifications);
    desk_drop(state->artifacts);
    free(state);
}

const struct book book_sarif = {
    .name = name, .open = open_sarif, .pair = pair_sarif, .close = close_sarif};
