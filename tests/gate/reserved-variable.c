/* refused 2:_Counter */
int _Counter;
