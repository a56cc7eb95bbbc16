/* odd: its brackets are digraphs, its names and comments are in Greek, and its lines end as on Windows */
/* verdict: correct */
#include <stdatomic.h>
#include <stdlib.h>

#include "exercise.h"
#include "must.h"

/* μετρητής: πόσοι είναι εδώ */
struct party <%
    atomic_int καλεσμένοι;
    void (*lights_out)(void);
%>;

struct party *party_new(void (*lights_out)(void)) <%
    struct party *γιορτή = must_alloc(malloc(sizeof *γιορτή));
    atomic_init(&γιορτή->καλεσμένοι, 1);
    γιορτή->lights_out = lights_out;
    return γιορτή;
%>

void party_bring(struct party *γιορτή) <%
    γιορτή->καλεσμένοι += 1;
%>

void party_leave(struct party *γιορτή) <%
    void (*τέλος<:1:>)(void) = <% γιορτή->lights_out %>;
    if (--γιορτή->καλεσμένοι == 0) <%
        (*τέλος)();
        free(γιορτή);
    %>
%>
