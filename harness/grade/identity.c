#include "identity.h"

#include "../digest.h"
#include "../text.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MOST = 255, PATH_MOST = 1000, ID_MOST = 60 };

// The code point of the sequence at `s`, which is valid UTF-8, and its length.
static uint32_t code_point(const unsigned char *s, size_t *length) {
    *length = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
    uint32_t point = *length == 1 ? s[0] : s[0] & (0x7fU >> *length);
    for (size_t i = 1; i < *length; i++)
        point = point << 6 | (s[i] & 0x3fU);
    return point;
}

// Characters that are not seen, or that move others: by them one name could be made to look like another.
static const struct {
    uint32_t first, last;
} unseen[] = {{0x00ad, 0x00ad},   {0x061c, 0x061c},   {0x180e, 0x180e}, {0x200b, 0x200f},
              {0x2028, 0x202e},   {0x2060, 0x206f},   {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
              {0xfff9, 0xfffb},   {0xe0000, 0xe0fff}, {0xfdd0, 0xfdef}, {0xe000, 0xf8ff},
              {0xf0000, 0x10ffff}};

static bool is_unseen(uint32_t point) {
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (point >= unseen[i].first && point <= unseen[i].last)
            return true;
    return (point & 0xfffe) == 0xfffe; // no characters in any plane
}

static char *shown(const char *bytes, size_t most) {
    struct text line = {0}, name = {0};
    text_add_line(&line, bytes);
    for (size_t i = 0; i < line.length;) {
        size_t length;
        uint32_t point = code_point((const unsigned char *)line.data + i, &length);
        const char *piece = is_unseen(point) ? "\xef\xbf\xbd" : line.data + i;
        size_t size = is_unseen(point) ? 3 : length;
        if (name.length + size > most - 3) {
            text_add(&name, "\xe2\x80\xa6"); // an ellipsis
            break;
        }
        text_add_bytes(&name, piece, size);
        i += length;
    }
    text_free(&line);
    return text_take(&name);
}

char *identity_shown(const char *bytes) {
    return shown(bytes, SHOWN_MOST);
}

char *identity_shown_path(const char *bytes) {
    return shown(bytes, PATH_MOST);
}

static bool is_safe(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

// Whether no name has it yet; then it is taken.
static bool take(struct known *given, const char *id) {
    struct text lower = {0};
    for (; *id; id++)
        text_add(&lower, "%c", tolower((unsigned char)*id));
    char *digest = digest_bytes(lower.data, lower.length);
    size_t before = given->count;
    known_put(given, digest, 0);
    free(digest);
    text_free(&lower);
    return given->count > before;
}

char *identity_id(struct known *given, const char *bytes) {
    struct text id = {0};
    bool same = *bytes && *bytes != '.' && *bytes != '-' && strlen(bytes) <= ID_MOST;
    for (const char *c = bytes; *c && id.length < ID_MOST; c++) {
        bool fits = is_safe(*c) && (id.length || (*c != '.' && *c != '-'));
        same = same && fits;
        text_add(&id, "%c", fits ? *c : '_');
    }
    if (same && take(given, id.data))
        return text_take(&id);
    char *digest = digest_bytes(bytes, strlen(bytes)), *name = NULL;
    for (unsigned length = 8;; length++) {
        name = length <= 32 ? string_format("%s-%.*s", id.data ? id.data : "", (int)length, digest)
                            : string_format("%s-%s-%u", id.data ? id.data : "", digest, length);
        if (take(given, name))
            break;
        free(name);
    }
    free(digest);
    text_free(&id);
    return name;
}
