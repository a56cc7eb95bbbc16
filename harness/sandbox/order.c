#include "order.h"

#include <stdlib.h>

json_t *order_bytes(const char *bytes) {
    struct text text = {0};
    for (const char *at = bytes; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        const char two[] = {(char)(0xc0 | byte >> 6), (char)(0x80 | (byte & 0x3f))};
        text_add_bytes(&text, byte < 0x80 ? at : two, byte < 0x80 ? 1 : 2);
    }
    json_t *json = json_string(text.data ? text.data : "");
    text_free(&text);
    return json;
}

static char *bytes_of(const json_t *json) {
    const char *at = json_string_value(json);
    struct text text = {0};
    if (!at)
        return NULL;
    for (; *at; at++) {
        unsigned char lead = (unsigned char)*at;
        char byte = *at;
        if (lead >= 0xc0)
            byte = (char)((lead & 0x03) << 6 | (*++at & 0x3f));
        text_add_bytes(&text, &byte, 1);
    }
    return text_take(&text);
}

char *order_name(const json_t *order, const char *key) {
    return bytes_of(json_object_get(order, key));
}

void order_names(const json_t *order, const char *key, struct strings *names) {
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(order, key), i, item) {
        char *name = bytes_of(item);
        if (name)
            strings_addf(names, "%s", name);
        free(name);
    }
}

long long order_number(const json_t *order, const char *key) {
    return json_integer_value(json_object_get(order, key));
}

enum sandbox_level order_level(const json_t *order) {
    return (enum sandbox_level)order_number(order, "level");
}
