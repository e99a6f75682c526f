/** Sentences about requests, events and settings that are refused or ignored, in Chinese. `{name}` is a hole. */
export const REFUSALS = {
  'The event asks for nothing of this function.': '该事件与此函数无关。',
  'No asset id was given; give it as asset_id in the path, the query or the JSON body.':
    '未提供媒资 ID；请在路径、查询参数或 JSON 正文中以 asset_id 提供。',
  'The asset id does not have the form of a VOD asset id; VOD was not called.': '媒资 ID 格式不正确，未调用 VOD。',
  'The path, the query and the body name different assets; VOD was not called.':
    '路径、查询参数与正文指定了不同的媒资，未调用 VOD。',
  'The body is not a JSON object in UTF-8; VOD was not called.': '正文不是 UTF-8 编码的 JSON 对象，未调用 VOD。',
  'The request is larger than allowed; VOD was not called.': '请求超过允许的大小，未调用 VOD。',
  'Only DELETE and POST cancel a transcode task; VOD was not called.':
    '只有 DELETE 和 POST 可取消转码任务，未调用 VOD。',
  'The event is of a kind this function does not handle; VOD was not called.': '此函数不处理该类事件，未调用 VOD。',
  'The event is {words}, which this function does not handle; VOD was not called.':
    '此函数不处理该类事件（{words}），未调用 VOD。',
  'A setting of the function is missing or malformed; VOD was not called.':
    '函数的某项设置缺失或格式有误，未调用 VOD。',
  'A setting of the function could not be read just now; VOD was not called.':
    '暂时无法读取函数的某项设置，未调用 VOD。',
  'The secret that VOD_CREDENTIALS_SECRET names could not be read just now; VOD was not called.':
    '暂时无法读取 VOD_CREDENTIALS_SECRET 所指的密钥，未调用 VOD。',
  'The function is not configured: {faults}.': '函数尚未正确配置：{faults}。',
  'The function has a fault of its own; its log has the details.': '函数自身出现故障，详情见其日志。',
  'The function has a fault of its own.': '函数自身出现故障。',
  'The event is of a type that does not say "superseded".': '该事件的类型不表示“已被取代”。',
  'The message is past its not_after.': '消息已超过其 not_after 时间。',
  'Object events are ignored, as ASSET_ID_KEY_PATTERN is not set.': '未设置 ASSET_ID_KEY_PATTERN，对象事件被忽略。',
  'The event does not say that an object was created.': '该事件不表示对象已创建。',
  'The key is longer than the key of an object can be.': '键长度超过对象键的上限。',
  'The record has no value: it deletes a key.': '记录没有值：它表示删除某个键。',
  'The key of the object names no asset by ASSET_ID_KEY_PATTERN.': '按 ASSET_ID_KEY_PATTERN，对象的键未指明媒资。',
  'The message names no asset; VOD was not called.': '消息未指明媒资，未调用 VOD。',
  'asset_ids is not a list with an id in it; VOD was not called.': 'asset_ids 不是含有 ID 的列表，未调用 VOD。',
  'not_after is not a time of RFC 3339; VOD was not called.': 'not_after 不是 RFC 3339 时间，未调用 VOD。',
  'The message is not well-formed JSON; VOD was not called.': '消息不是格式正确的 JSON，未调用 VOD。',
  'The message is neither an id nor a JSON object in UTF-8; VOD was not called.':
    '消息既不是 ID，也不是 UTF-8 编码的 JSON 对象，未调用 VOD。',
  'With this message the event names more asset ids than one event may; VOD was not called for it.':
    '加上此消息，事件中的媒资 ID 数超过上限；未为它调用 VOD。',
  'The event has more messages than one event may; VOD was not called.': '事件中的消息数超过上限，未调用 VOD。',
  'The message is longer than 1 MiB; VOD was not called.': '消息超过 1 MiB，未调用 VOD。',
  'The record is an aggregate of the Kinesis Producer Library; switch its aggregation off. VOD was not called.':
    '该记录是 Kinesis Producer Library 的聚合记录，请关闭聚合功能。未调用 VOD。',
  'Envelopes are nested deeper than this function opens them; VOD was not called.':
    '信封嵌套层数超过上限，未调用 VOD。',
  'The message is an event of a kind this function does not handle; VOD was not called.':
    '消息是此函数不处理的一类事件，未调用 VOD。',
  'A record of the batch has no messageId, so what became of it cannot be reported.':
    '批次中有一条记录没有 messageId，无法报告其结果。',
  '{n} of {total} cancels not completed: {named}': '{total} 次取消中有 {n} 次未完成：{named}',
};
