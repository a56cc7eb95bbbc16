/* attack: it does nothing but find the driver's end: it reads the machine code of the driver from a function on that it is given, copies the address that it finds, and exits */
/* verdict: refused */
#include "exercise.h"

#include <stdlib.h>
#include <string.h>

void run_all(unsigned count, void (*job)(unsigned number)) {
    const unsigned char *code, *found = NULL;
    void (*end)(void);

    memcpy(&code, &job, sizeof code);
    for (unsigned i = 0; i < 1000 + 0 * count; i++) {
        const unsigned char *load = code + i;
        if (load[0] == 0x48 && (load[1] | 6) == 0x8f && load[2] == 0x05 && load[7] == 0x48 && load[8] == 0x85 && load[9] == 0xc0) {
            found = load;
        }
    }
    while (found && (found[0] != 0x55 || found[1] != 0x48 || found[2] != 0x89 || found[3] != 0xe5)) {
        found--;
    }
    if (found) {
        memcpy(&end, &found, sizeof end);
        end();
        exit(0);
    }
}
