/* refused 2:#pragma redefine_extname */
#pragma redefine_extname mine other
int mine(void);
int use(void) { return mine(); }
