// Verdicts as SARIF 2.1.0, for code scanning and for viewers: a result for each fault, with the other
// places that take part, and the explorer's schedule as a flow for each thread.
#include "sarif.h"

#include "../digest.h"
#include "../source.h"
#include "remark.h"
#include "uri.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEPS_MOST = 1000, // of a flow: more are not shown by code scanning; of a longer one the last
    RULE_UNMET = FAULT_KINDS,
    RULE_REFUSED,
};

static const char source_root[] = "%SRCROOT%";
static const char unmet_meaning[] =
    "A program of the course does not behave as its lesson.ini and the marks in its source say.";
static const char refused_meaning[] = "The file has something in it that could blind the tools, so "
                                      "nothing of it was run. This is a rule "
                                      "of the course, not a fault of the program.";
static const char unjudged_meaning[] =
    "An engine could not look at the program: nothing is known of what it would have seen.";

static json_t *message(const char *text) {
    return json_pack("{s:o}", "text", json_of_text(text));
}

// Rules

// Code scanning wants all three texts.
json_t *sarif_rule(const char *id, const char *meaning) {
    char *words = string_copy(id);
    for (char *c = words; *c; c++)
        if (*c == '-')
            *c = ' ';
    json_t *json = json_pack("{s:s, s:o, s:o, s:o}", "id", id, "shortDescription", message(words),
                             "fullDescription", message(meaning), "help", message(meaning));
    free(words);
    return json;
}

json_t *sarif_rules(void) {
    json_t *list = json_array();
    for (int kind = 0; kind < FAULT_KINDS; kind++)
        json_array_append_new(list, sarif_rule(fault_words[kind].name, fault_words[kind].meaning));
    json_array_append_new(list, sarif_rule(remark_unmet, unmet_meaning));
    json_array_append_new(list, sarif_rule(remark_refused, refused_meaning));
    return list;
}

// Places

static json_t *artifact_location(const char *file) {
    bool below;
    char *uri = uri_of_path(file, &below);
    json_t *json = below ? json_pack("{s:s, s:s}", "uri", uri, "uriBaseId", source_root)
                         : json_pack("{s:s}", "uri", uri);
    free(uri);
    return json;
}

static json_t *region(const char *file, int line) {
    json_t *json = json_pack("{s:i}", "startLine", line);
    char *text = source_line(file, line);
    if (text) {
        json_object_set_new(json, "startColumn", json_integer(remark_column(file, line)));
        json_object_set_new(json, "snippet", message(text + source_indent(text)));
    }
    free(text);
    return json;
}

// `says` may be NULL.
static json_t *location(const char *file, int line, const char *says) {
    json_t *json = json_object();
    if (file) {
        json_t *physical = json_pack("{s:o}", "artifactLocation", artifact_location(file));
        if (line > 0)
            json_object_set_new(physical, "region", region(file, line));
        json_object_set_new(json, "physicalLocation", physical);
    }
    if (says)
        json_object_set_new(json, "message", message(says));
    return json;
}

static json_t *related_locations(const struct remark *remark) {
    json_t *list = json_array();
    for (size_t i = 0; remark->fault && i < remark->fault->place_count; i++) {
        char *file, *says;
        if (!remark_other_place(remark, i, &file, &says))
            continue;
        json_t *json = location(file, remark->fault->places[i].line, says);
        json_object_set_new(json, "id", json_integer((json_int_t)json_array_size(list) + 1));
        json_array_append_new(list, json);
        free(file);
        free(says);
    }
    return list;
}

// The schedule

static const char *member(const json_t *json, const char *key) {
    const char *text = json_string_value(json_object_get(json, key));
    return text ? text : "";
}

static bool is_at_fault(const struct fault *fault, const json_t *step) {
    for (size_t i = 0; i < fault->place_count; i++) {
        const struct place *place = &fault->places[i];
        if (place->line == json_integer_value(json_object_get(step, "line")) && place->file &&
            place->thread && strcmp(place->file, member(step, "file")) == 0 &&
            strcmp(place->thread, member(step, "thread")) == 0)
            return true;
    }
    return false;
}

static json_t *flow_step(const struct fault *fault, const json_t *step, size_t order,
                         sarif_location *locate, const void *context) {
    const char *file = member(step, "file"), *object = member(step, "object"),
               *note = member(step, "note");
    struct text says = {0};
    text_add(&says, "%s %s%s%s%s%s", member(step, "thread"), member(step, "does"),
             *object ? " `" : "", object, *object ? "`" : "", *note ? ": " : "");
    text_add(&says, "%s", note);
    int line = (int)json_integer_value(json_object_get(step, "line"));
    json_t *json =
        json_pack("{s:o, s:i, s:s}", "location",
                  locate(context, *file ? file : NULL, line, says.data), "executionOrder",
                  (int)order, "importance", is_at_fault(fault, step) ? "essential" : "important");
    text_free(&says);
    return json;
}

// The flow of a thread, made when it is first met.
static json_t *steps_of(json_t *flows, const char *thread) {
    size_t i;
    json_t *flow;
    json_array_foreach(flows, i, flow) {
        if (strcmp(member(flow, "id"), thread) == 0)
            return json_object_get(flow, "locations");
    }
    json_t *steps = json_array();
    json_array_append_new(flows, json_pack("{s:s, s:o}", "id", thread, "locations", steps));
    return steps;
}

static json_t *step_location(const void *context, const char *file, int line, const char *says) {
    (void)context;
    char *path = report_path(file);
    json_t *json = location(path, line, says);
    free(path);
    return json;
}

json_t *sarif_code_flows(const struct fault *fault, sarif_location *locate, const void *context) {
    const json_t *trace = json_object_get(fault->exploration, "trace");
    size_t count = json_array_size(trace);
    json_t *flows = json_array();
    for (size_t i = count > STEPS_MOST ? count - STEPS_MOST : 0; i < count; i++) {
        const json_t *step = json_array_get(trace, i);
        json_array_append_new(steps_of(flows, member(step, "thread")),
                              flow_step(fault, step, i + 1, locate, context));
    }
    const char *schedule = member(fault->exploration, "schedule");
    char *says =
        string_format("A schedule on which it happens%s%s.", *schedule ? ": " : "", schedule);
    json_t *json = json_pack("[{s:o, s:o}]", "message", message(says), "threadFlows", flows);
    free(says);
    return json;
}

// Results

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// What stands on the lines of a fault, whichever of them was met first.
static void add_lines(struct text *text, const struct fault *fault) {
    struct strings lines = {0};
    for (size_t i = 0; i < fault->place_count; i++) {
        char *line = source_line(fault->places[i].file, fault->places[i].line);
        if (line && !strings_has(&lines, line + source_indent(line)))
            strings_add(&lines, line + source_indent(line));
        free(line);
    }
    if (lines.count)
        qsort(lines.items, lines.count, sizeof *lines.items, by_text);
    for (size_t i = 0; i < lines.count; i++)
        text_add(text, "\n%s", lines.items[i]);
    strings_free(&lines);
}

// The same for the same fault when lines are added above it. Equal ones are counted, so that two of them
// stay two.
static json_t *fingerprint(const struct remark *remark, json_t *seen) {
    struct text text = {0};
    text_add(&text, "%s\n%s", remark->rule, remark->file);
    if (remark->fault)
        add_lines(&text, remark->fault);
    else
        text_add(&text, "\n%s", remark->message);
    char *digest = digest_bytes(text.data, text.length);
    json_int_t number = json_integer_value(json_object_get(seen, digest)) + 1;
    json_object_set_new(seen, digest, json_integer(number));
    char *words = string_format("%s:%lld", digest, (long long)number);
    json_t *json = json_pack("{s:s}", "interleaveFault/v1", words);
    free(words);
    free(digest);
    text_free(&text);
    return json;
}

static int rule_index(const struct remark *remark) {
    return remark->about == REMARK_REFUSED ? RULE_REFUSED
           : remark->about == REMARK_UNMET ? RULE_UNMET
                                           : (int)fault_kind_named(remark->rule);
}

static json_t *result(const struct remark *remark, json_t *seen) {
    bool refuted = remark->about == REMARK_REFUTED;
    json_t *json =
        json_pack("{s:s, s:i, s:s, s:s, s:o, s:[o], s:o}", "ruleId", remark->rule, "ruleIndex",
                  rule_index(remark), "kind", refuted ? "informational" : "fail", "level",
                  refuted ? "none" : "error", "message", message(remark->message), "locations",
                  location(remark->file, remark->line, NULL), "partialFingerprints",
                  fingerprint(remark, seen));
    json_t *related = related_locations(remark);
    if (json_array_size(related))
        json_object_set(json, "relatedLocations", related);
    json_decref(related);
    if (remark->traced && json_array_size(json_object_get(remark->traced->exploration, "trace")))
        json_object_set_new(json, "codeFlows",
                            sarif_code_flows(remark->traced, step_location, NULL));
    if (remark->about == REMARK_EXPECTED)
        json_object_set_new(json, "suppressions",
                            json_pack("[{s:s, s:s}]", "kind", "inSource", "justification",
                                      "broken on purpose, as lesson.ini declares"));
    if (*remark->engines)
        json_object_set_new(json, "properties", json_pack("{s:s}", "engines", remark->engines));
    return json;
}

// An engine that could not look: neither a result nor the absence of one.
static json_t *notification(const struct remark *remark) {
    return json_pack("{s:{s:s}, s:s, s:o, s:[o]}", "descriptor", "id", remark->rule, "level",
                     remark->about == REMARK_BEYOND ? "note" : "error", "message",
                     message(remark->message), "locations",
                     location(remark->file, remark->line, NULL));
}

// Artifacts

static void add_artifact(json_t *artifacts, const char *file) {
    json_t *where = artifact_location(file), *artifact;
    size_t i;
    json_array_foreach(artifacts, i, artifact) {
        if (json_equal(json_object_get(artifact, "location"), where)) {
            json_decref(where);
            return;
        }
    }
    json_array_append_new(artifacts, json_pack("{s:o, s:[s], s:s}", "location", where, "roles",
                                               "analysisTarget", "sourceLanguage", "c"));
}

static json_t *artifacts(const struct report *report) {
    json_t *list = json_array();
    for (size_t i = 0; i < report->count; i++) {
        const struct strings *sources = &report->verdicts[i].program->sources;
        for (size_t k = 0; k < sources->count; k++)
            add_artifact(list, sources->items[k]);
    }
    return list;
}

void report_sarif(FILE *out, const struct report *report) {
    struct remarks remarks;
    remarks_read(&remarks, report);
    json_t *results = json_array(), *notifications = json_array(), *seen = json_object();
    bool judged = true;
    for (size_t i = 0; i < remarks.count; i++) {
        const struct remark *remark = &remarks.items[i];
        bool silent = remark->about == REMARK_UNJUDGED || remark->about == REMARK_BEYOND;
        judged = judged && remark->about != REMARK_UNJUDGED;
        json_array_append_new(silent ? notifications : results,
                              silent ? notification(remark) : result(remark, seen));
    }
    char *root = uri_of_working_directory();
    json_t *driver = json_pack("{s:s, s:o, s:[o]}", "name", "interleave", "rules", sarif_rules(),
                               "notifications", sarif_rule(remark_unjudged, unjudged_meaning));
    json_t *run = json_pack(
        "{s:{s:o}, s:[{s:b, s:i, s:o}], s:{s:{s:s}}, s:o, s:o, s:s}", "tool", "driver", driver,
        "invocations", "executionSuccessful", judged, "exitCode", report_status(report),
        "toolExecutionNotifications", notifications, "originalUriBaseIds", source_root, "uri", root,
        "artifacts", artifacts(report), "results", results, "columnKind", "unicodeCodePoints");
    json_t *log =
        json_pack("{s:s, s:s, s:[o]}", "$schema", "https://json.schemastore.org/sarif-2.1.0.json",
                  "version", "2.1.0", "runs", run);
    json_dumpf(log, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(log);
    json_decref(seen);
    free(root);
    remarks_free(&remarks);
}
