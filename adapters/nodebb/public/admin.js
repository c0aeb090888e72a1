"use strict";

define("admin/plugins/countersign", ["settings"], (settings) => ({
  init() {
    const form = $(".countersign-settings");
    settings.load("countersign", form);
    $("#save").on("click", () => settings.save("countersign", form));
  },
}));
