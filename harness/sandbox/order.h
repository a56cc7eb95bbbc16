// What process.c tells the started process about its box: JSON, in which names keep all their bytes.
#ifndef INTERLEAVE_ORDER_H
#define INTERLEAVE_ORDER_H

#include "../text.h"
#include "sandbox.h"

#include <jansson.h>

// A string of bytes, each as the code point of its number, as JSON knows no other bytes.
json_t *order_bytes(const char *bytes);
// Owned by the caller; NULL: there is none.
char *order_name(const json_t *order, const char *key);
void order_names(const json_t *order, const char *key, struct strings *names);
long long order_number(const json_t *order, const char *key);
enum sandbox_level order_level(const json_t *order);

#endif
