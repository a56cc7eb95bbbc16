#include "record.h"

#include "../digest.h"
#include "../text.h"
#include "store.h"

#include <stdlib.h>
#include <string.h>

// Of all but the sum itself.
static char *sum_of(json_t *record) {
    json_t *copy = json_copy(record);
    json_object_del(copy, "sum");
    char *text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
    char *sum = text ? digest_bytes(text, strlen(text)) : NULL;
    free(text);
    json_decref(copy);
    return sum;
}

char *record_write(const char *out, const char *key, json_t *record) {
    char *sum = sum_of(record);
    json_object_set_new(record, "sum", json_string(sum ? sum : ""));
    char *text = json_dumps(record, JSON_COMPACT), *path = store_record(out, key);
    char *problem = sum && text ? store_write(path, text, strlen(text))
                                : string_format("%s: the verdict cannot be written as JSON", path);
    free(sum);
    free(text);
    free(path);
    return problem;
}

json_t *record_read(const char *out, const char *key) {
    char *path = store_record(out, key);
    json_t *record = json_load_file(path, 0, NULL);
    free(path);
    char *sum = json_is_object(record) ? sum_of(record) : NULL;
    const char *kept = json_string_value(json_object_get(record, "sum"));
    const char *kept_key = json_string_value(json_object_get(record, "key"));
    bool believed = sum && kept && strcmp(sum, kept) == 0 && kept_key && strcmp(kept_key, key) == 0;
    free(sum);
    if (!believed) {
        json_decref(record);
        return NULL;
    }
    return record;
}
