#include "spell.h"

#include "settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A cyclic redundancy check of 8 bits (polynomial x^8 + x^2 + x + 1): no change of a single character
// escapes it.
static unsigned checksum(const char *word, size_t length) {
    unsigned sum = 0;
    for (size_t i = 0; i < length; i++) {
        sum ^= (unsigned char)word[i];
        for (int bit = 0; bit < 8; bit++)
            sum = (sum << 1 ^ (sum & 0x80 ? 0x107 : 0)) & 0xff;
    }
    return sum;
}

static const char way_letters[] = {[WAY_GO] = '\0', [WAY_TIME_OUT] = 't', [WAY_SPURIOUS] = 's'};

size_t spell_write(char *word, size_t room, const struct departure *departures, uint32_t count,
                   const uint32_t *sites, uint32_t site_count) {
    size_t used = (size_t)snprintf(word, room, "%08x", settings.build);
    if (settings.driver_seed != 1 && used < room)
        used += (size_t)snprintf(word + used, room - used, "+%u", settings.driver_seed);
    if (used < room)
        used += (size_t)snprintf(word + used, room - used, ":");
    for (uint32_t i = 0; i < count; i++) {
        const struct departure *departure = &departures[i];
        const char way[] = {way_letters[departure->way], '\0'};
        used += (size_t)snprintf(used < room ? word + used : NULL, used < room ? room - used : 0,
                                 "%s%u.%u>%u%s", i ? "," : "", departure->thread, departure->step,
                                 departure->next, way);
    }
    for (uint32_t i = 0; i < site_count; i++)
        used += (size_t)snprintf(used < room ? word + used : NULL, used < room ? room - used : 0,
                                 "@%x", sites[i]);
    if (used + 4 < room)
        snprintf(word + used, room - used, ":%02x", checksum(word, used));
    return used + 3;
}

static bool read_number(const char **at, char after, unsigned long most, unsigned long *number) {
    char *end;
    if (!isdigit((unsigned char)**at))
        return false;
    *number = strtoul(*at, &end, 10);
    if (*number > most || (after && *end != after))
        return false;
    *at = end + (after != '\0');
    return true;
}

static bool read_departure(const char **at, struct departure *departure) {
    unsigned long thread, step, next;
    if (!read_number(at, '.', UINT16_MAX, &thread) || !read_number(at, '>', UINT32_MAX, &step) ||
        !read_number(at, '\0', 0x3fff, &next))
        return false;
    enum way way = **at == 't' ? WAY_TIME_OUT : **at == 's' ? WAY_SPURIOUS : WAY_GO;
    *at += way != WAY_GO;
    *departure =
        (struct departure){(uint32_t)step, (uint16_t)thread, (uint16_t)next & 0x3fff, way & 3};
    return true;
}

static bool read_departures(const char **at) {
    struct plan *plan = &channel->plan;
    while (isdigit((unsigned char)**at)) {
        if (plan->departures == DEPARTURES_MOST ||
            !read_departure(at, &channel->given[plan->departures++]))
            return false;
        *at += **at == ',';
    }
    return true;
}

static bool read_sites(const char **at) {
    struct plan *plan = &channel->plan;
    while (**at == '@') {
        char *end;
        if (plan->sites == SITES_MOST || !isxdigit((unsigned char)(*at)[1]))
            return false;
        plan->site[plan->sites++] = (uint32_t)strtoul(*at + 1, &end, 16);
        *at = end;
    }
    return true;
}

const char spell_of_another_build[] = "the schedule was made for another version of the program";

const char *spell_read(const char *word) {
    static const char damaged[] = "the schedule is damaged; copy the whole word that the report "
                                  "shows, as in 3f9a12c4:1.4>2:5e";
    const char *last = strrchr(word, ':'), *at = strchr(word, ':');
    char *end;
    channel->plan.departures = channel->plan.sites = 0;
    if (!last || last == at || strlen(last) != 3 ||
        strtoul(last + 1, &end, 16) != checksum(word, (size_t)(last - word)) || *end)
        return damaged;
    if (strtoul(word, &end, 16) != settings.build || (end != at && *end != '+'))
        return spell_of_another_build;
    // The harness has started the driver with the seed that the word tells.
    if (end != at && (strtoul(end + 1, &end, 10) != settings.driver_seed || end != at))
        return damaged;
    at++;
    return read_departures(&at) && read_sites(&at) && at == last ? NULL : damaged;
}
