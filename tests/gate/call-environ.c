/* refused 3:environ */
extern char **environ;
char *f(void) { return environ[0]; }
