"""juesuan: 部门决算编制说明与绩效自评报告生成器。`generator/README.md` is the map of the rooms."""

__version__ = "0.1.0"
