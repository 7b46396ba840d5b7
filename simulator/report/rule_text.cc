#include "simulator/report/rule_text.h"

namespace suanwang::report {

Bilingual TextOf(Rule rule) {
  switch (rule) {
    case Rule::kNone: return {"no reason known", "原因未知"};
    case Rule::kFamily: return {"accelerator not accepted", "加速卡类型不被接受"};
    case Rule::kTier: return {"tier not allowed", "层级不允许"};
    case Rule::kLatency: return {"beyond the latency bound", "超出时延上限"};
    case Rule::kUnreachable: return {"no path from the origin", "与来源地不连通"};
    case Rule::kSize: return {"larger than the pool", "超过资源池规模"};
    case Rule::kFabricDomain: return {"larger than a fabric domain", "超过互联域规模"};
    case Rule::kNodeShape: return {"nodes have too few cores or too little memory", "节点的处理器核数或内存不足"};
    case Rule::kFull: return {"not enough free accelerators", "空闲加速卡不足"};
    case Rule::kFragmented: return {"no free nodes or fabric domain that fit", "没有放得下的空闲节点或互联域"};
    case Rule::kDown: return {"what is missing is down", "所需设备中断"};
    case Rule::kClosed: return {"behind an earlier job", "排在前面的作业之后"};
    case Rule::kReserved: return {"reserved for an earlier job, or planned for later", "已为前面的作业预留，或计划稍后开始"};
    case Rule::kDeferred: return {"beyond the jobs that the policy looks at", "超出调度策略查看的范围"};
    case Rule::kNotWaiting: return {"not waiting", "不在等待"};
    case Rule::kOncePerRound: return {"moved in this round already", "本轮已调整过"};
    case Rule::kNotPreemptible: return {"may not be stopped", "不可抢占"};
    case Rule::kForeign: return {"held by others", "被其他用户占用"};
  }
  return {};
}

}  // namespace suanwang::report
