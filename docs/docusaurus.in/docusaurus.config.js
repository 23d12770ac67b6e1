export default {
  title: 'Queue',
  i18n: {defaultLocale: 'en', locales: ['en', 'zh-CN']},
  presets: [['classic', {}]],
};
