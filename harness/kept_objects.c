#include "kept_objects.h"

#include "digest.h"
#include "rule.h"

#include <stdlib.h>

char *kept_objects_name(const char *source, const struct strings *command, const char *compiler) {
    char *content = digest_file(source);
    struct text all = {0};
    text_add(&all, "%s\n%s\n%s\n", source, content ? content : "", compiler);
    for (size_t i = 0; i < command->count; i++)
        text_add(&all, "%s\n", command->items[i]);
    char *name = content ? digest_bytes(all.data, all.length) : NULL;
    text_free(&all);
    free(content);
    return name;
}

static char *path_of(const char *directory, const char *name, const char *ending) {
    return string_format("%s/%s%s", directory, name, ending);
}

static bool copy(const char *from, const char *to) {
    size_t length = 0;
    char *bytes = file_read(from, &length);
    bool ok = bytes && file_write(to, bytes, length);
    free(bytes);
    return ok;
}

// The rule is found by the name of the source, the object by the content of all headers in it as well.
static char *object_path(const char *directory, const char *name, const char *rule) {
    struct strings headers = {0};
    struct text all = {0};
    rule_headers(rule, &headers);
    text_add(&all, "%s\n", name);
    for (size_t i = 0; i < headers.count; i++) {
        char *digest = digest_file(headers.items[i]);
        text_add(&all, "%s %s\n", headers.items[i], digest ? digest : "");
        free(digest);
    }
    char *digest = digest_bytes(all.data, all.length);
    char *path = path_of(directory, digest, ".o");
    free(digest);
    text_free(&all);
    strings_free(&headers);
    return path;
}

bool kept_objects_take(const char *directory, const char *name, const char *object) {
    char *rule = path_of(directory, name, ".d"), *kept = object_path(directory, name, rule);
    char *rule_here = string_format("%s.d", object);
    bool ok = copy(rule, rule_here) && copy(kept, object);
    free(rule_here);
    free(kept);
    free(rule);
    return ok;
}

void kept_objects_put(const char *directory, const char *name, const char *object) {
    char *rule_here = string_format("%s.d", object), *rule = path_of(directory, name, ".d");
    char *kept = object_path(directory, name, rule_here);
    if (directory_make(directory) && copy(object, kept))
        copy(rule_here, rule);
    free(kept);
    free(rule);
    free(rule_here);
}
