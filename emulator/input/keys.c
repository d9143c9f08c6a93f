/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "input/keys.h"

#include <glib.h>
#include <linux/input-event-codes.h>
#include <string.h>

#define K(name) [KEY_##name] = #name

static const char *const names[] = {
    K(ESC),
    K(1),
    K(2),
    K(3),
    K(4),
    K(5),
    K(6),
    K(7),
    K(8),
    K(9),
    K(0),
    K(MINUS),
    K(EQUAL),
    K(BACKSPACE),
    K(TAB),
    K(Q),
    K(W),
    K(E),
    K(R),
    K(T),
    K(Y),
    K(U),
    K(I),
    K(O),
    K(P),
    K(LEFTBRACE),
    K(RIGHTBRACE),
    K(ENTER),
    K(LEFTCTRL),
    K(A),
    K(S),
    K(D),
    K(F),
    K(G),
    K(H),
    K(J),
    K(K),
    K(L),
    K(SEMICOLON),
    K(APOSTROPHE),
    K(GRAVE),
    K(LEFTSHIFT),
    K(BACKSLASH),
    K(Z),
    K(X),
    K(C),
    K(V),
    K(B),
    K(N),
    K(M),
    K(COMMA),
    K(DOT),
    K(SLASH),
    K(RIGHTSHIFT),
    K(KPASTERISK),
    K(LEFTALT),
    K(SPACE),
    K(CAPSLOCK),
    K(F1),
    K(F2),
    K(F3),
    K(F4),
    K(F5),
    K(F6),
    K(F7),
    K(F8),
    K(F9),
    K(F10),
    K(NUMLOCK),
    K(SCROLLLOCK),
    K(KP7),
    K(KP8),
    K(KP9),
    K(KPMINUS),
    K(KP4),
    K(KP5),
    K(KP6),
    K(KPPLUS),
    K(KP1),
    K(KP2),
    K(KP3),
    K(KP0),
    K(KPDOT),
    K(102ND),
    K(F11),
    K(F12),
    K(KPENTER),
    K(RIGHTCTRL),
    K(KPSLASH),
    K(SYSRQ),
    K(RIGHTALT),
    K(HOME),
    K(UP),
    K(PAGEUP),
    K(LEFT),
    K(RIGHT),
    K(END),
    K(DOWN),
    K(PAGEDOWN),
    K(INSERT),
    K(DELETE),
    K(MUTE),
    K(VOLUMEDOWN),
    K(VOLUMEUP),
    K(POWER),
    K(KPEQUAL),
    K(PAUSE),
    K(KPCOMMA),
    K(LEFTMETA),
    K(RIGHTMETA),
    K(COMPOSE),
    K(STOP),
    K(MENU),
    K(BACK),
    K(FORWARD),
    K(HOMEPAGE),
    K(REFRESH),
    K(SEARCH),
    K(CAMERA),
    K(PHONE),
    K(BRIGHTNESSUP),
    K(PLAYPAUSE),
    K(NEXTSONG),
    K(WWW),
    K(BRIGHTNESSDOWN),
    K(PREVIOUSSONG),
    K(SLEEP),
    K(WAKEUP),
    K(MAIL),
    K(APPSELECT),
    K(HELP),
};

const char *keys_name(int code)
{
    return code >= 0 && code < (int)G_N_ELEMENTS(names) ? names[code] : NULL;
}

int keys_code(const char *name)
{
    guint64 number;

    /* One digit is the key that types it; everything longer of digits is a code. */
    if (strlen(name) > 1 && g_ascii_string_to_unsigned(name, 10, 1, KEYS_MAX_CODE, &number, NULL)) {
        return (int)number;
    }
    if (g_ascii_strncasecmp(name, "KEY_", 4) == 0) {
        name += 4;
    }
    for (unsigned code = 0; code < G_N_ELEMENTS(names); code++) {
        if (names[code] && g_ascii_strcasecmp(names[code], name) == 0) {
            return (int)code;
        }
    }
    return -1;
}

static const struct {
    int code;
    char plain;
    char shifted;
} characters[] = {
    {KEY_1, '1', '!'},           {KEY_2, '2', '@'},           {KEY_3, '3', '#'},
    {KEY_4, '4', '$'},           {KEY_5, '5', '%'},           {KEY_6, '6', '^'},
    {KEY_7, '7', '&'},           {KEY_8, '8', '*'},           {KEY_9, '9', '('},
    {KEY_0, '0', ')'},           {KEY_MINUS, '-', '_'},       {KEY_EQUAL, '=', '+'},
    {KEY_LEFTBRACE, '[', '{'},   {KEY_RIGHTBRACE, ']', '}'},  {KEY_BACKSLASH, '\\', '|'},
    {KEY_SEMICOLON, ';', ':'},   {KEY_APOSTROPHE, '\'', '"'}, {KEY_GRAVE, '`', '~'},
    {KEY_COMMA, ',', '<'},       {KEY_DOT, '.', '>'},         {KEY_SLASH, '/', '?'},
    {KEY_SPACE, ' ', '\0'},      {KEY_ENTER, '\n', '\0'},     {KEY_TAB, '\t', '\0'},
    {KEY_BACKSPACE, '\b', '\0'},
};

bool keys_for_char(char c, int *code, bool *shift)
{
    if (g_ascii_isalpha(c)) {
        *code = keys_code((const char[]){c, '\0'});
        *shift = g_ascii_isupper(c);
        return true;
    }
    for (unsigned i = 0; c != '\0' && i < G_N_ELEMENTS(characters); i++) {
        if (characters[i].plain == c || characters[i].shifted == c) {
            *code = characters[i].code;
            *shift = characters[i].shifted == c;
            return true;
        }
    }
    return false;
}
