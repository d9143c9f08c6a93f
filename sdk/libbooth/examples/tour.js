#!/usr/bin/gjs
// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
// A part of the tour of tour.c in JavaScript: gjs tour.js [NAME]
imports.gi.versions.Booth = "0";
const {Booth, GLib} = imports.gi;

const phone = Booth.Phone.open(ARGV[0] || null, null);
const loop = GLib.MainLoop.new(null, false);
const status = phone.status(null, null);
print(`${status.get_string_member("name")} is ${status.get_string_member("machine")}`);
phone.switch_async("next", null, null, (_, result) => {
    print(`shown after ${phone.call_finish(result).get_int_member("us")} us`);
    loop.quit();
});
loop.run();
